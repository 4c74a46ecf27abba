//! A request before it is one, so that it may be wrong in any way; and an answer.

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response};

/// What is sent.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) body: Vec<u8>,
    /// It did not come through the edge: without its secret.
    pub(crate) is_direct: bool,
    /// The visitor's address, where the row wants one of its own.
    pub(crate) address: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Something is opened, as a browser does.
pub(crate) fn get(path: &str) -> Sent {
    let headers = vec![("sec-fetch-site".to_owned(), b"same-origin".to_vec())];
    Sent { method: "GET".into(), path: path.into(), headers, body: Vec::new(), is_direct: false, address: None }
}

/// Something is sent, as a browser does.
pub(crate) fn post(path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Sent {
    let mut sent = get(path).with("content-type", kind);
    sent.method = "POST".into();
    sent.body = body.into();
    sent
}

impl Sent {
    pub(crate) fn method(mut self, method: &str) -> Self {
        self.method = method.into();
        self
    }

    pub(crate) fn at(mut self, path: &str) -> Self {
        self.path = path.into();
        self
    }

    /// Replaces a header.
    pub(crate) fn with(self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.without(name).also(name, value)
    }

    /// Adds a header beside those of the same name.
    pub(crate) fn also(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn direct(mut self) -> Self {
        self.is_direct = true;
        self
    }

    pub(crate) fn from(mut self, address: &str) -> Self {
        self.address = Some(address.into());
        self
    }

    /// As the handler takes it.
    pub(crate) fn request(&self) -> Request<Bytes> {
        let mut request = Request::new(Bytes::from(self.body.clone()));
        *request.method_mut() = Method::from_bytes(self.method.as_bytes()).unwrap();
        *request.uri_mut() = self.path.parse().unwrap();
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().unwrap();
            request.headers_mut().append(name, HeaderValue::from_bytes(value).unwrap());
        }
        request
    }
}

impl Got {
    pub(crate) fn of(response: Response<String>) -> Self {
        let (parts, body) = response.into_parts();
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        Self { status: parts.status.as_u16(), headers, body }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// What the page says besides what all pages say: for messages.
    pub(crate) fn main(&self) -> &str {
        let from = self.body.find("<main").unwrap_or(0);
        &self.body[from..self.body.find("</main>").unwrap_or(self.body.len())]
    }

    /// What stands between two marks, unescaped.
    pub(crate) fn between(&self, before: &str, after: &str) -> Option<String> {
        let rest = self.body.split_once(before)?.1;
        Some(unescaped(rest.split_once(after)?.0))
    }

    /// Names and values of the hidden fields of the page's form.
    pub(crate) fn hidden(&self) -> Vec<(String, Vec<u8>)> {
        let pieces = self.body.split("<input type=\"hidden\" name=\"").skip(1);
        let field = |piece: &str| {
            let (name, rest) = piece.split_once("\" value=\"")?;
            Some((unescaped(name), unescaped(rest.split_once('"')?.0).into_bytes()))
        };
        pieces.filter_map(field).collect()
    }

    /// Where the page's form goes.
    pub(crate) fn action(&self) -> Option<String> {
        self.between("method=\"post\" action=\"", "\"")
    }
}

fn unescaped(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.replace("&#x2F;", "/"), |text, (from, to)| text.replace(from, to))
}
