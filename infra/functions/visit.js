// Runs at the edge for every visit to a page or photo (CloudFront Functions, runtime cloudfront-js-2.0): who was taken down is
// answered with 410 even while copies still lie in a cache; the address of a folder ends with a slash, and not with the name of
// its file. What is gone stands in the key-value store under `gone/NAME`, the words to say it with under `notice` and
// `notice/LANGUAGE`, where `inside-out publish` puts them.
import cf from 'cloudfront';

const store = cf.kvs();

// The same headers as every page has: templates/src/headers.rs, held equal by tests/infra/hold.py.
const HEADERS = {
  'content-security-policy': { value: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'" },
  'strict-transport-security': { value: 'max-age=63072000; includeSubDomains' },
  'x-content-type-options': { value: 'nosniff' },
  'x-frame-options': { value: 'DENY' },
  'referrer-policy': { value: 'same-origin' },
  'cross-origin-opener-policy': { value: 'same-origin' },
  'cross-origin-resource-policy': { value: 'same-origin' },
  'permissions-policy': { value: 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()' }
};

async function handler(event) {
  const request = event.request;
  const path = plain(request.uri);
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  const file = parts.length > 0 && parts[parts.length - 1] === 'index.html' && !path.endsWith('/');
  if (file) {
    parts.pop();
  }
  const last = parts.length > 0 ? parts[parts.length - 1] : '';
  // People and photos lie in a folder; style and search files name nobody.
  if (parts.length > 1 && parts[0] !== 'assets' && parts[0] !== 'search') {
    const taken = await isGone(last);
    if (taken) {
      return gone(parts[0]);
    }
  }
  if (file) {
    return moved(request, request.uri.slice(0, request.uri.lastIndexOf('/') + 1));
  }
  if (request.uri.endsWith('/')) {
    request.uri = request.uri + 'index.html';
  } else if (last.indexOf('.') < 0 && last !== '') {
    return moved(request, request.uri + '/');
  }
  return request;
}

// What the bucket will understand: a letter may come as itself or as %2D, and is decoded once.
function plain(uri) {
  try {
    return decodeURIComponent(uri);
  } catch (error) {
    return uri;
  }
}

// Only ever within this site: two slashes, or a backslash, at the beginning of an address would lead to another.
function moved(request, uri) {
  const inside = '/' + uri.replace(/[\u0000-\u0020]/g, '').replace(/[\\/]+/g, '/').replace(/^\//, '');
  return { statusCode: 301, statusDescription: 'Moved Permanently', headers: withHeaders({ location: { value: inside + query(request.querystring) } }) };
}

// The question of an address as it came. Names and values arrive as they were sent, so only what cannot stand there is encoded.
function query(fields) {
  const said = [];
  const safe = text => text.replace(/[^\w\-.~%!$'()*+,;:@\/?]/g, encodeURIComponent);
  Object.keys(fields || {}).forEach(name => {
    const field = fields[name];
    (field.multiValue || [field]).forEach(one => said.push(one.value === '' ? safe(name) : safe(name) + '=' + safe(one.value)));
  });
  return said.length > 0 ? '?' + said.join('&') : '';
}

async function isGone(name) {
  try {
    return await store.exists('gone/' + name);
  } catch (error) {
    // The store cannot be read. The files of whoever was taken down are deleted too, so the visit may go on.
    console.log('the key-value store cannot be read: ' + error);
    return false;
  }
}

async function gone(language) {
  const headers = withHeaders({ 'content-type': { value: 'text/html; charset=utf-8' }, 'cache-control': { value: 'no-store' } });
  const data = await words(language);
  return { statusCode: 410, statusDescription: 'Gone', headers: headers, body: { encoding: 'text', data: data } };
}

// The notice in the language of the address, or in the site's first.
async function words(language) {
  const keys = language.length === 2 || language.length === 3 ? ['notice/' + language, 'notice'] : ['notice'];
  for (let at = 0; at < keys.length; at += 1) {
    try {
      const found = await store.get(keys[at]);
      return found;
    } catch (error) {
      // This language has no words of its own.
    }
  }
  return '';
}

function withHeaders(headers) {
  Object.keys(HEADERS).forEach(name => {
    headers[name] = HEADERS[name];
  });
  return headers;
}
