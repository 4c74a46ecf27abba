//! People's pages as the last build made them: what production reads from its bucket.

use fs_err as fs;
use jiff::Timestamp;
use review::StoreError;
use site::site_path::SitePath;
use site::standing::last_moments;
use site::write::GONE;
use std::io::ErrorKind;
use std::path::PathBuf;
use submit_fn::Published;

/// The built site. Of whoever is gone, by a name in `.gone` or because their last day is over, the page may still lie there: it is
/// not shown by a form either.
pub(crate) struct SiteFolder {
    pub(crate) out: PathBuf,
    pub(crate) clock: fn() -> Timestamp,
}

impl SiteFolder {
    fn is_over(&self, path: &str) -> Result<bool, StoreError> {
        let over = last_moments(&self.out).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        let now = (self.clock)();
        Ok(path.split('/').any(|name| {
            let is_told = || SitePath::new(name).is_ok_and(|name| self.out.join(GONE).join(name).exists());
            over.get(name).is_some_and(|moment| *moment <= now) || is_told()
        }))
    }
}

impl Published for SiteFolder {
    async fn page(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Ok(file) = SitePath::new(path) else { return Ok(None) };
        if self.is_over(path)? {
            return Ok(None);
        }
        match fs::read(self.out.join(file)) {
            Ok(page) => Ok(Some(page)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::Unavailable(error.to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use site::write::DUE;

    fn noon() -> Timestamp {
        "2026-11-30T12:00:00Z".parse().unwrap()
    }

    #[tokio::test]
    async fn a_page_of_whoever_is_gone_is_shown_by_no_form_though_it_lies_there() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().to_owned();
        let pages = SiteFolder { out: out.clone(), clock: noon };
        let page = |person: &str| format!("people/{person}/index.html");
        for person in ["ana-k7m2q", "bea-k7m2q", "cat-k7m2q"] {
            fs::create_dir_all(out.join(page(person)).parent().unwrap()).unwrap();
            fs::write(out.join(page(person)), "words").unwrap();
        }
        fs::create_dir(out.join(GONE)).unwrap();
        fs::write(out.join(GONE).join("ana-k7m2q"), "").unwrap();
        fs::write(out.join(DUE), "2026-11-30T12:00:00Z bea-k7m2q\n2026-11-30T12:00:01Z cat-k7m2q\n").unwrap();
        for (person, is_there) in
            [("ana-k7m2q", false), ("bea-k7m2q", false), ("cat-k7m2q", true), ("dan-k7m2q", false)]
        {
            assert_eq!(pages.page(&page(person)).await.unwrap().is_some(), is_there, "{person}");
        }
        // Where it cannot be read whose day is over, nobody's page is shown as if it were not.
        fs::write(out.join(DUE), "tomorrow cat-k7m2q\n").unwrap();
        assert!(pages.page(&page("cat-k7m2q")).await.is_err());
    }
}
