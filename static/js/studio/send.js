/* One thing sent: a photograph in pieces that go on after a cut, or an answer. Sent twice it arrives once. */

const studio = (globalThis.studio ??= {});

const PIECE = 64 * 1024;
const PATIENCE_MS = 60_000;

/* Why something did not arrive. `later`: no signal, or a site that is away; `away`: nobody is signed in, or somebody
   else is; `refused`: said in words, and a person must look at it. */
studio.NotSent = class NotSent extends Error {
  constructor(kind, said = {}) {
    super(kind);
    this.kind = kind;
    this.said = said;
  }
};

/* Ask the site. XMLHttpRequest tells how far a piece has come, which fetch does not. */
function ask(method, address, body, { headers = {}, onSent = () => {} } = {}) {
  return new Promise((done, failed) => {
    const sent = new XMLHttpRequest();
    sent.open(method, address);
    sent.timeout = PATIENCE_MS;
    for (const [name, value] of Object.entries(headers)) sent.setRequestHeader(name, value);
    if (method !== "GET") sent.setRequestHeader("X-CSRFToken", studio.token ?? "");
    sent.upload.onprogress = (event) => onSent(event.loaded);
    sent.onload = () => done({ status: sent.status, said: read(sent) });
    sent.onerror = sent.ontimeout = sent.onabort = () => failed(new studio.NotSent("later"));
    sent.send(body);
  });
}

function read(sent) {
  try {
    return JSON.parse(sent.responseText);
  } catch {
    return null;
  }
}

/* Who is signed in, and the token that forms carry: asked anew where a page is old. */
async function introduce() {
  const { status, said } = await ask("GET", "/studio/phone");
  if (status >= 500) throw new studio.NotSent("later");
  if (status !== 200 || !said) throw new studio.NotSent("away");
  studio.token = said.token;
  return said;
}

/* An answer of the site, or `NotSent`. An old token is changed for a new one, once. */
async function told(method, address, body, options, isAgain = false) {
  if (!studio.token) await introduce();
  const { status, said } = await ask(method, address, body, options);
  if (status === 400 && !isAgain) {
    await introduce();
    return told(method, address, body, options, true);
  }
  if (status === 408 || status >= 500) throw new studio.NotSent("later");
  if (said === null) throw new studio.NotSent(status === 404 ? "gone" : status < 400 ? "away" : "refused");
  if (said.state === "other") throw new studio.NotSent("away");
  if (status === 429) throw new studio.NotSent("much", said);
  return { status, said };
}

async function begun(item) {
  const form = new FormData();
  const given = { key: item.key, who: item.owner, size: item.photo.size, piece: PIECE, kind: item.kind, name: item.name };
  for (const [name, value] of Object.entries(given)) form.append(name, value ?? "");
  if (item.product) form.append("product", item.product);
  else form.append("draft_key", item.draft);
  const { said } = await told("POST", "/studio/uploads", form);
  if (said.state === "refused") throw new studio.NotSent("refused", said);
  return said;
}

/* The photograph from where it stands to its end. `onProgress` hears a share of 1. */
studio.sendPhoto = async (item, onProgress) => {
  let said = await begun(item);
  for (let rounds = 0; said.state !== "finished"; rounds += 1) {
    if (rounds > 3 + item.photo.size / said.piece) throw new studio.NotSent("later");
    if (said.offset >= said.size) said = await finished(item);
    else said = await onePiece(item, said, onProgress);
    onProgress(said.offset / said.size);
  }
  return said;
};

async function onePiece(item, { offset, piece, size }, onProgress) {
  const body = await item.photo.slice(offset, offset + piece).arrayBuffer();
  const { said } = await told("PATCH", `/studio/uploads/${item.key}`, body, {
    headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(offset) },
    onSent: (bytes) => onProgress(Math.min(1, (offset + bytes) / size)),
  });
  return said;
}

async function finished(item) {
  const { said } = await told("POST", `/studio/uploads/${item.key}/finish`, new FormData());
  if (said.state === "refused") throw new studio.NotSent("refused", said);
  return said;
}

/* An answer, or the sending to the office: a form, and where it goes. */
studio.sendForm = async (item) => {
  const form = new FormData();
  for (const [name, value] of item.fields) form.append(name, value);
  form.append("who", item.owner);
  form.append("key", item.key);
  if (item.draft) form.append("draft_key", item.draft);
  if (item.product) form.append("product", item.product);
  const { said } = await told("POST", item.address, form);
  if (said.state !== "saved") throw new studio.NotSent("refused", said);
  return said;
};

studio.introduce = introduce;
