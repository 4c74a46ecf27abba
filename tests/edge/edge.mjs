// A small CloudFront on loopback, for tests: it runs the very function that is deployed, keeps copies as CloudFront does, and
// drops them when an invalidation says so. Behind it are an emulator's bucket, key-value store and invalidations.
//
//   node tests/edge/edge.mjs --api URL --bucket NAME --distribution ID --key-values ARN --headers FILE
//
// It prints its address and serves until it is ended.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

// An emulator asks only for which service a request is signed, not whether the signature is right.
const signedFor = service => ({
  authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
});

export async function startEdge({ api, bucket, distribution, keyValues, headers, project = join(here, "../..") }) {
  const keys = keyValueStore(api, keyValues);
  const visit = loadFunction(join(project, "infra/functions/visit.js"), keys);
  const copies = new Map();
  const seen = new Set();
  const counts = { hits: 0, misses: 0 };

  // Drops what was invalidated since the last visit.
  async function dropCopies() {
    const base = `${api}/2020-05-31/distribution/${distribution}/invalidation`;
    const list = await text(base);
    const news = [...list.matchAll(/<Id>([^<]+)<\/Id>/g)].map(match => match[1]).filter(id => !seen.has(id));
    for (const id of news) {
      seen.add(id);
      const items = [...(await text(`${base}/${id}`)).matchAll(/<Path>([^<]+)<\/Path>/g)].map(match => match[1]);
      for (const [uri, copy] of copies) if (items.some(item => drops(item, uri, copy.tags))) copies.delete(uri);
    }
  }
  const text = async url => (await fetch(url, { headers: signedFor("cloudfront") })).text();

  async function fromBucket(uri) {
    const kept = copies.get(uri);
    if (kept && kept.until > Date.now()) {
      counts.hits += 1;
      return kept;
    }
    counts.misses += 1;
    const answer = await fetch(`${api}/${bucket}/site${uri}`, { headers: signedFor("s3") });
    const control = answer.headers.get("cache-control") ?? "";
    const age = Number(control.match(/s-maxage=(\d+)/)?.[1] ?? control.match(/max-age=(\d+)/)?.[1] ?? 0);
    const copy = {
      status: answer.status,
      headers: Object.fromEntries(["content-type", "cache-control", "etag"].filter(name => answer.headers.has(name)).map(name => [name, answer.headers.get(name)])),
      tags: (answer.headers.get("x-amz-meta-cache-tag") ?? "").split(",").map(tag => tag.trim()).filter(Boolean),
      body: Buffer.from(await answer.arrayBuffer()),
      until: Date.now() + age * 1000,
    };
    if (answer.status === 200) copies.set(uri, copy);
    return copy;
  }

  const server = createServer(async (request, response) => {
    try {
      await dropCopies();
      const came = await visit(eventOf(request.method, request.url));
      if (came.statusCode) {
        const made = Object.fromEntries(Object.entries(came.headers).map(([name, { value }]) => [name, value]));
        return response.writeHead(came.statusCode, { ...headers, ...made }).end(came.body?.data ?? "");
      }
      let copy = await fromBucket(came.uri);
      // The distribution's one custom error page: a file that is not there.
      const status = copy.status;
      if (status === 404) copy = await fromBucket("/404.html");
      response.writeHead(status === 404 ? 404 : copy.status, { ...copy.headers, ...headers }).end(request.method === "HEAD" ? "" : copy.body);
    } catch (error) {
      response.writeHead(502, { "content-type": "text/plain" }).end(String(error));
    }
  });
  // A test that waits for a command hears nothing meanwhile: a connection closed behind its back would fail the next visit.
  server.keepAliveTimeout = 0;
  await new Promise(ready => server.listen(0, "127.0.0.1", ready));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    counts,
    copies,
    stop: () => new Promise(ended => { server.closeAllConnections(); server.close(ended); }),
  };
}

// The event for a request target, exactly as it came: a `new URL` would tidy away the very addresses that the function must bear.
export function eventOf(method, target) {
  const cut = target.indexOf("?");
  const uri = cut < 0 ? target : target.slice(0, cut);
  const querystring = {};
  for (const pair of cut < 0 ? [] : target.slice(cut + 1).split("&").filter(Boolean)) {
    const at = pair.indexOf("=");
    const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    const before = querystring[name];
    // As CloudFront does: the last value, and all of them where there is more than one.
    querystring[name] = before ? { value, multiValue: [...(before.multiValue ?? [{ value: before.value }]), { value }] } : { value };
  }
  return { version: "1.0", context: { eventType: "viewer-request" }, viewer: { ip: "127.0.0.1" }, request: { method, uri, querystring, headers: {}, cookies: {} } };
}

function drops(item, uri, tags) {
  if (item.startsWith("#")) return tags.includes(item.slice(1));
  return item.endsWith("*") ? uri.startsWith(item.slice(0, -1)) : uri === item;
}

// What a CloudFront function finds under `cf.kvs()`.
export function keyValueStore(api, arn) {
  const at = key => `${api}/key-value-stores/${encodeURIComponent(arn)}/keys/${encodeURIComponent(key)}`;
  const read = async key => fetch(at(key), { headers: signedFor("cloudfront-keyvaluestore") });
  return {
    exists: async key => (await read(key)).status === 200,
    get: async key => {
      const answer = await read(key);
      if (answer.status !== 200) throw new Error("KeyNotFound");
      return (await answer.json()).Value;
    },
  };
}

// The deployed file itself, with CloudFront's module put in its place.
export function loadFunction(file, keys) {
  const source = readFileSync(file, "utf8");
  if (Buffer.byteLength(source) > 10240) throw new Error(`${file} is larger than CloudFront takes: 10 kB`);
  const body = source.replace("import cf from 'cloudfront';", "");
  if (body === source) throw new Error(`${file} does not import cloudfront`);
  return new Function("cf", `${body}\nreturn handler;`)({ kvs: () => keys });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const given = name => process.argv[process.argv.indexOf(`--${name}`) + 1];
  const edge = await startEdge({
    api: given("api"),
    bucket: given("bucket"),
    distribution: given("distribution"),
    keyValues: given("key-values"),
    headers: JSON.parse(readFileSync(given("headers"), "utf8")),
  });
  console.log(edge.url);
}
