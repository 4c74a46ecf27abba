//! What a file manager, an editor or a writer who was stopped leaves beside the files that are read never stops anybody.

use crate::site::Root;

#[test]
fn what_others_leave_behind_is_passed_over() {
    let root = Root::copy();
    for folder in [
        "content",
        "content/agencies",
        "content/en",
        "content/en/pages",
        "content/facilities",
        "content/forms",
        "content/services",
        "content/vocabularies",
        "profiles",
        "profiles/photos",
        "templates/html",
        "templates/assets",
    ] {
        for left in
            [".DS_Store", "._marcus-k7m2q.jpg", ".marcus-k7m2q.yaml.swp", ".k2Jx9.partial", "x.yaml.6298.partial"]
        {
            root.write(&format!("{folder}/{left}"), "left behind");
        }
    }
    let said = root.check();
    assert_eq!(said.status, 0, "{}{}", said.out, said.err);
}
