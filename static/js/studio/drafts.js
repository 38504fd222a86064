/* The page that opens without signal: what is on this phone, photographs, the first questions, and the way to the office. */

const studio = (globalThis.studio ??= {});

const { made, say } = studio;
const parts = [...document.querySelectorAll("[data-part]")];
const questions = parts.filter((part) => part.dataset.part === "question");

studio.drafts = {
  /* A draft begun on this phone: once, however often it is said. */
  async begun(key) {
    const known = await studio.keep.draft(key);
    if (known) return known;
    const draft = { key, owner: await studio.keep.owner(), at: Date.now(), answers: {}, sent: {} };
    if (isProduct(key)) draft.product = key;
    await studio.keep.saveDraft(draft);
    return draft;
  },

  /* What was said on a page of the site, so that the page without signal shows it as well. */
  async noteSaid({ product, draft, question, now, bases }) {
    const known = await studio.drafts.begun(draft || product);
    const sent = { ...Object.fromEntries(bases), ...known.sent };
    await studio.keep.saveDraft({ ...known, sent, answers: { ...known.answers, ...now }, skipped: known.skipped?.filter((each) => each !== question) });
  },
};

/* Products have keys of ten signs, drafts of this phone longer ones. */
function isProduct(key) {
  return key.length === 10;
}

function placeOf(key) {
  return isProduct(key) ? { product: key } : { draft: key };
}

function isOf(item, draft) {
  return item.draft === draft.key || (draft.product && item.product === draft.product);
}

/* -- the parts of the page -- */

function open(name, question) {
  for (const part of parts) part.hidden = part.dataset.part !== name || (question !== undefined && part.dataset.question !== question);
  document.querySelector("[data-title]").classList.toggle("visually-hidden", name !== "today");
  scrollTo(0, 0);
}

async function showToday() {
  const [drafts, items] = [await studio.keep.drafts(), await studio.keep.items()];
  const list = document.querySelector("[data-drafts]");
  document.querySelector("[data-begun]").hidden = drafts.length === 0;
  list.replaceChildren(...drafts.map((draft) => row(draft, items.filter((item) => isOf(item, draft)))));
  showRefused(items.filter((item) => item.state === "refused"));
}

function row(draft, items) {
  const done = questions.filter((part) => isAnswered(draft, part)).length;
  const photo = draft.picture ?? items.find((item) => item.type === "photo")?.photo;
  const words = draft.isClosed ? say(items.length ? "will_be_sent" : "at_office") : say("answered", { done, all: questions.length });
  const title = draft.isClosed ? nameOf(draft) : made("a", { href: `#capture/${draft.key}` }, nameOf(draft));
  const badge = items.length ? made("span", { className: "status status-wait" }, say("kept")) : undefined;
  const image = photo && made("img", { alt: "", src: URL.createObjectURL(photo), width: 84, height: 84 });
  return made("li", { className: "todo-item" }, image ?? made("span"), made("div", {}, badge, made("h3", {}, title), made("p", { className: "num" }, words)));
}

function nameOf(draft) {
  return draft.answers.name_lo || say("nameless");
}

function isAnswered(draft, part) {
  return [...part.querySelectorAll("form [name]")].some((field) => draft.answers[field.name]) || Boolean(draft.skipped?.includes(part.dataset.question));
}

/* -- what was refused: said calmly, and nothing goes without being asked -- */

function showRefused(items) {
  document.querySelector("[data-refused]").hidden = items.length === 0;
  document.querySelector("[data-refused-list]").replaceChildren(...items.map(refused));
}

function refused(item) {
  const line = made("li", {}, made("b", {}, say(item.type === "photo" ? "photograph" : "answer")), made("p", {}, item.said?.words ?? say("not_taken")));
  const press = (words, act) => {
    const button = made("button", { type: "button", className: "link-button" }, say(words));
    button.addEventListener("click", async () => {
      await act();
      await showToday();
      studio.queue.run();
    });
    line.append(button);
  };
  if (item.said?.state === "conflict") {
    for (const { label, mine, theirs } of Object.values(item.said.fields)) {
      line.append(made("p", {}, `${label}. `, say("yours", { words: mine }), " ", say("theirs", { words: theirs })));
    }
    press("keep_mine", () => insist(item));
    press("keep_theirs", () => studio.keep.remove(item));
    return line;
  }
  if (item.type === "answer") line.append(made("a", { href: `#question/${item.question}/${item.draft || item.product}` }, say("write_again")));
  else press("again", () => studio.keep.change(item, { state: "waiting", said: undefined }));
  press("take_out", async () => confirm(say("really_take_out")) && studio.keep.remove(item));
  return line;
}

/* The same answer once more, now knowing what the other one says. */
function insist(item) {
  const known = Object.fromEntries(Object.entries(item.said.fields).map(([name, { base }]) => [`base-${name}`, base]));
  const fields = item.fields.filter(([name]) => !(name in known));
  return studio.keep.change(item, { state: "waiting", said: undefined, fields: [...fields, ...Object.entries(known)] });
}

/* -- photographs and questions of one draft -- */

async function showCapture(key) {
  const draft = await studio.drafts.begun(key);
  const first = questions.find((part) => !isAnswered(draft, part)) ?? questions[0];
  document.querySelector("[data-go-on]").href = `#question/${first.dataset.question}/${key}`;
  await studio.shots.open(placeOf(key));
}

async function showQuestion(name, key) {
  const draft = await studio.drafts.begun(key);
  const form = questions.find((part) => part.dataset.question === name).querySelector("form");
  form.reset();
  for (const field of form.elements) {
    const said = draft.answers[field.name];
    if (field.type === "radio") field.checked = field.value === said;
    else if (field.name && field.tagName !== "BUTTON") field.value = said ?? "";
  }
  form.dataset.draft = key;
  dispatchEvent(new Event("studio-question"));
}

async function answered(form, button) {
  const { draft: key, question } = form.dataset;
  const draft = await studio.drafts.begun(key);
  const now = studio.saidIn(form);
  if (button?.name === "unknown") draft.skipped = [...new Set([...(draft.skipped ?? []), question])];
  else if (Object.keys(now).length) {
    const before = Object.keys(now).map((name) => [name, draft.sent[name] ?? ""]);
    Object.assign(draft.answers, now);
    await studio.answer({ ...placeOf(key), question, address: form.getAttribute("action") }, now, before);
  } else return;
  await studio.keep.saveDraft(draft);
  studio.queue.run();
  const next = questions[questions.findIndex((part) => part.dataset.question === question) + 1];
  location.hash = next ? `question/${next.dataset.question}/${key}` : `send/${key}`;
}

async function sendToOffice(form) {
  const draft = await studio.drafts.begun(form.dataset.draft);
  const all = await studio.keep.items();
  if (!all.some((item) => item.type === "send" && isOf(item, draft))) {
    await studio.keep.add({ type: "send", ...placeOf(draft.key), address: form.getAttribute("action"), fields: [] });
  }
  await studio.keep.saveDraft({ ...draft, isClosed: true });
  studio.queue.run();
  location.hash = "today";
}

/* What arrived of a draft: what the site keeps of an answer is what the next one is laid beside. */
async function noteArrived({ item, said }) {
  const draft = await studio.keep.draft(item.draft || item.product);
  if (!draft) return;
  if (item.type === "send") await studio.keep.forgetDraft(draft.key);
  else await studio.keep.saveDraft({ ...draft, product: said.product ?? draft.product, sent: { ...draft.sent, ...said.fields } });
}

/* -- where one is: "#question/weight/<draft>", or the address of the page of the site that did not come -- */

const ADDRESSES = [
  [/^\/studio\/products\/new$/, (_found, draft) => ["capture", draft]],
  [/^\/studio\/products\/new\/questions\/([^/]+)$/, ([, question], draft) => ["question", question, draft]],
  [/^\/studio\/products\/([^/]{10})\/questions\/([^/]+)$/, ([, product, question]) => ["question", question, product]],
  [/^\/studio\/products\/([^/]{10})\/capture$/, ([, product]) => ["capture", product]],
  [/^\/studio\/products\/([^/]{10})\/told$/, ([, product]) => ["send", product]],
];

function whereByAddress() {
  const draft = new URLSearchParams(location.search).get("draft_key");
  for (const [shape, where] of ADDRESSES) {
    const found = location.pathname.match(shape);
    if (found) return where(found, draft);
  }
  return ["today"];
}

/* After a form that reached nobody: the question that follows it. */
async function whereAfter() {
  const last = (await studio.keep.items()).findLast((item) => item.state === "sending");
  if (last?.type !== "answer") return undefined;
  const key = last.draft || last.product;
  const next = questions[questions.findIndex((part) => part.dataset.question === last.question) + 1];
  return next ? ["question", next.dataset.question, key] : ["send", key];
}

async function show() {
  if (!(await studio.keep.owner())) return open("nobody");
  const [name, ...rest] = location.hash ? location.hash.slice(1).split("/") : ((await whereAfter()) ?? whereByAddress());
  if (name === "new") return location.replace(`#capture/${studio.keep.newKey()}`);
  if (name === "capture" && rest[0]) {
    await showCapture(rest[0]);
    return open("capture");
  }
  if (name === "question" && questions.some((part) => part.dataset.question === rest[0])) {
    await showQuestion(...rest);
    return open("question", rest[0]);
  }
  if (name === "send" && rest[0]) {
    open("send");
    document.querySelector("[data-send]").dataset.draft = rest[0];
    return undefined;
  }
  open("today");
  return showToday();
}

addEventListener("studio-arrived", ({ detail }) => noteArrived(detail).then(() => studio.isOffline && !location.hash.startsWith("#capture") && !location.hash.startsWith("#question") && showToday()));

if (studio.isOffline) {
  document.querySelector("[data-no-signal]").hidden = navigator.onLine;
  addEventListener("online", () => (document.querySelector("[data-no-signal]").hidden = true));
  addEventListener("offline", () => (document.querySelector("[data-no-signal]").hidden = false));
  addEventListener("hashchange", show);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-answer], [data-send]")) return;
    event.preventDefault();
    if (event.target.matches("[data-send]")) sendToOffice(event.target);
    else answered(event.target, event.submitter);
  });
  studio.drafts.open = show;
}
