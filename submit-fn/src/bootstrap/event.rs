//! From an event of the HTTP API to a request, and from a page to what the HTTP API sends.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::{Request, Response};
use lambda_http::aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use lambda_http::aws_lambda_events::encodings::Body;

/// The request of an event; where its body or address is not what it claims to be, only the path.
pub(crate) fn request_of(event: ApiGatewayV2httpRequest) -> Result<Request<Bytes>, String> {
    let path = event.raw_path.unwrap_or_else(|| "/".to_owned());
    let body = event.body.unwrap_or_default();
    let body = if event.is_base64_encoded {
        Bytes::from(BASE64_STANDARD.decode(&body).map_err(|_| path.clone())?)
    } else {
        Bytes::from(body)
    };
    let query = event.raw_query_string.filter(|query| !query.is_empty());
    let address = query.map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    let request = Request::builder().method(event.request_context.http.method).uri(address);
    let mut request = request.body(body).map_err(|_| path)?;
    *request.headers_mut() = event.headers;
    Ok(request)
}

/// A page as the HTTP API sends it.
pub(crate) fn response_of(page: Response<String>) -> ApiGatewayV2httpResponse {
    let (parts, body) = page.into_parts();
    let mut response = ApiGatewayV2httpResponse::default();
    response.status_code = i64::from(parts.status.as_u16());
    response.headers = parts.headers;
    response.body = Some(Body::Text(body));
    response
}
