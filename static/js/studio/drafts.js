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
    await studio.keep.saveDraft(draft);
    return draft;
  },
};

/* -- numbers, read as the site reads them -- */

const LAO = "໐໑໒໓໔໕໖໗໘໙";

/* The number that was typed; null where it can be read in two ways, undefined where it is none. */
function understood(typed) {
  const text = [...typed].map((sign) => (LAO.includes(sign) ? LAO.indexOf(sign) : sign)).join("").replace(/[\s\u00a0]/g, "");
  if (/^\d+$/.test(text)) return Number(text);
  if (/^[1-9]\d{0,2}([.,])\d{3}(\1\d{3})+$/.test(text)) return Number(text.replace(/[.,]/g, ""));
  if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(text)) return null;
  return /^\d+[.,]\d+$/.test(text) ? Number(text.replace(",", ".")) : undefined;
}

function echo(form) {
  const shown = form.querySelector("[data-echo]");
  const field = form.querySelector("input[inputmode]");
  const number = field ? understood(field.value) : undefined;
  shown.hidden = number === undefined;
  if (number === undefined) return;
  const unit = field.closest(".field-unit")?.querySelector("span")?.textContent ?? "";
  const figure = number === null ? "" : number.toLocaleString(studio.here.dataset.language === "lo" ? "de" : "en");
  shown.replaceChildren(...(number === null ? [made("p", {}, say("unclear"))] : [made("p", {}, say("you_wrote")), made("b", {}, `${figure}\u00a0${unit}`)]));
}

/* -- the parts of the page -- */

function open(name, question) {
  for (const part of parts) part.hidden = part.dataset.part !== name || (question !== undefined && part.dataset.question !== question);
  scrollTo(0, 0);
}

async function showToday() {
  const [drafts, items] = [await studio.keep.drafts(), await studio.keep.items()];
  const list = document.querySelector("[data-drafts]");
  list.replaceChildren(...drafts.map((draft) => row(draft, items.filter((item) => item.draft === draft.key))));
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
  if (item.type === "answer" && item.draft) line.append(made("a", { href: `#question/${item.question}/${item.draft}` }, say("write_again")));
  else press("again", () => studio.keep.change(item, { state: "waiting", said: undefined }));
  press("take_out", async () => confirm(say("really_take_out")) && studio.keep.remove(item));
  return line;
}

/* The same answer once more, now knowing what the other one says. */
function insist(item) {
  const known = Object.fromEntries(Object.entries(item.said.fields).map(([name, { theirs }]) => [`base-${name}`, theirs]));
  const fields = item.fields.filter(([name]) => !(name in known));
  return studio.keep.change(item, { state: "waiting", said: undefined, fields: [...fields, ...Object.entries(known)] });
}

/* -- photographs and questions of one draft -- */

async function showCapture(key) {
  const draft = await studio.drafts.begun(key);
  const first = questions.find((part) => !isAnswered(draft, part)) ?? questions[0];
  document.querySelector("[data-go-on]").href = `#question/${first.dataset.question}/${key}`;
  await studio.shots.open({ draft: key });
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
  echo(form);
}

async function answered(form, button) {
  const { draft: key, question } = form.dataset;
  const draft = await studio.drafts.begun(key);
  const { now } = studio.saidIn(form);
  if (button?.name === "unknown") draft.skipped = [...new Set([...(draft.skipped ?? []), question])];
  else if (Object.values(now).some(Boolean)) {
    const before = Object.fromEntries(Object.keys(now).map((name) => [name, draft.sent[name] ?? ""]));
    Object.assign(draft.answers, now);
    await studio.answer({ draft: key, question, address: form.getAttribute("action") }, now, before);
  } else return;
  await studio.keep.saveDraft(draft);
  studio.queue.run();
  const next = questions[questions.findIndex((part) => part.dataset.question === question) + 1];
  location.hash = next ? `question/${next.dataset.question}/${key}` : `send/${key}`;
}

async function sendToOffice(form) {
  const draft = await studio.keep.draft(form.dataset.draft);
  const all = await studio.keep.items();
  if (!all.some((item) => item.type === "send" && item.draft === draft.key)) {
    await studio.keep.add({ type: "send", draft: draft.key, address: form.getAttribute("action"), fields: [] });
  }
  await studio.keep.saveDraft({ ...draft, isClosed: true });
  studio.queue.run();
  location.hash = "today";
}

/* What arrived of a draft: what the site keeps of an answer is what the next one is laid beside. */
async function noteArrived({ item, said }) {
  const draft = item.draft && (await studio.keep.draft(item.draft));
  if (!draft) return;
  if (item.type === "send") await studio.keep.forgetDraft(draft.key);
  else await studio.keep.saveDraft({ ...draft, product: said.product ?? draft.product, sent: { ...draft.sent, ...said.fields } });
}

/* -- where one is: "#question/weight/<draft>" -- */

async function show() {
  if (!(await studio.keep.owner())) return open("nobody");
  const [name, ...rest] = location.hash.slice(1).split("/");
  if (name === "new") return location.replace(`#capture/${studio.keep.newKey()}`);
  if (name === "capture" && rest[0]) {
    open("capture");
    return showCapture(rest[0]);
  }
  if (name === "question" && questions.some((part) => part.dataset.question === rest[0])) {
    open("question", rest[0]);
    return showQuestion(...rest);
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
  document.addEventListener("input", (event) => event.target.form?.matches("[data-answer]") && echo(event.target.form));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-answer], [data-send]")) return;
    event.preventDefault();
    if (event.target.matches("[data-send]")) sendToOffice(event.target);
    else answered(event.target, event.submitter);
  });
  show();
}
