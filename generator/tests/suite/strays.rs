//! What stands beside what is read is named, so that nobody believes it is on the site.

use crate::site::Root;
use snapbox::{assert_data_eq, str};

#[test]
fn a_folder_with_a_slip_in_its_name_and_a_link_are_named() {
    let root = Root::copy();
    root.write("content/agency/other-doc.yaml", "id: other-doc\n");
    root.write("content/sites.yaml", "name: x\n");
    root.write("profiles/new/someone.yaml", "id: someone\n");
    root.write("content/en/page/welcome.md", "# Welcome\n");
    root.write("profiles/.DS_Store", "");
    std::os::unix::fs::symlink("marcus-k7m2q.yaml", root.path().join("profiles/ana-k7m2q.yaml")).unwrap();
    let said = root.check();
    assert_eq!(said.status, 1);
    assert_data_eq!(
        said.out,
        str![[r#"
content/agency:1:1: the folder `agency` is not read [stray-folder]
  help: move what is in it to where it belongs, or delete it
content/en/page:1:1: the folder `page` is not read [stray-folder]
  help: did you mean `pages`?
content/sites.yaml:1:1: this file is not read [stray-file]
  help: did you mean `site.yaml`?
profiles/ana-k7m2q.yaml:1:1: a link is not followed [stray-file]
  help: put the file itself here, or take this away
profiles/new:1:1: the folder `new` is not read [stray-folder]
  help: move what is in it to where it belongs, or delete it
5 problems in 5 files.

"#]]
    );
}

#[test]
fn the_site_s_own_address_is_one() {
    let root = Root::copy();
    root.replace("content/site.yaml", "email: hello@insideoutconnects.example", "email: hello");
    let said = root.check();
    assert_eq!(said.status, 1);
    assert_data_eq!(
        said.out,
        str![[r#"
content/site.yaml:10:10: `hello` is not an e-mail address [bad-email]
  help: write it like hello@example.org
1 problem in 1 file.

"#]]
    );
}
