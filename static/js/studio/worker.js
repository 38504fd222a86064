/* The studio without signal: one page for what is on the phone, and the files that it needs. No page of a person is ever
   kept, and nothing outside of /studio/ is touched. */

const KEPT = "sala-studio";
const PAGE = "/studio/on-this-phone";
const MARK = "/studio/on-this-phone?mark";
const PATIENCE_MS = 12_000;
/* Forms that the page has kept on the phone before it sent them. */
const KEPT_FORMS = /^\/studio\/(products\/[^/]+\/(questions\/[^/]+|submit|capture)|calls\/[^/]+)$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keep(event.data.keep));
});

/* Fetch the page and its files anew where `mark` is another: another person, firm, language or release. */
async function keep(mark) {
  const kept = await caches.open(KEPT);
  if ((await (await kept.match(MARK))?.text()) === mark) return;
  const page = await fetch(PAGE, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
  if (!page.ok) return;
  const files = new Set((await page.clone().text()).match(/\/static\/[^"'#\s)]+/g));
  await Promise.all([...files].map((file) => keepFile(kept, file)));
  for (const { url } of await kept.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith("/static/") && !files.has(pathname)) await kept.delete(url);
  }
  await kept.put(PAGE, page);
  await kept.put(MARK, new Response(mark));
}

async function keepFile(kept, file) {
  if (!(await kept.match(file))) await kept.add(file);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST") {
    if (KEPT_FORMS.test(address.pathname)) event.respondWith(sent(request));
  } else if (request.method !== "GET") return;
  else if (request.mode === "navigate") event.respondWith(opened(request));
  else if (address.pathname.startsWith("/static/")) event.respondWith(file(request));
});

/* A page of the site; where none comes, the one for what is on the phone. */
async function opened(request) {
  const kept = await (await caches.open(KEPT)).match(PAGE);
  if (!kept) return fetch(request);
  const late = new Promise((done) => setTimeout(done, PATIENCE_MS, kept));
  return Promise.race([fetch(request).catch(() => kept), late]);
}

/* A form; where no answer comes, the page for what is on the phone, which sends it later. */
async function sent(request) {
  const kept = await (await caches.open(KEPT)).match(PAGE);
  if (!kept) return fetch(request);
  const product = new URL(request.url).pathname.match(/([^/]{10})\/capture$/)?.[1];
  const instead = () => Response.redirect(product ? `${PAGE}#capture/${product}` : PAGE, 303);
  const late = new Promise((done) => setTimeout(() => done(instead()), PATIENCE_MS));
  return Promise.race([fetch(request).catch(instead), late]);
}

async function file(request) {
  const kept = await caches.open(KEPT);
  return (await kept.match(request)) ?? fetch(request);
}
