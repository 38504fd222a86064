/* Answers: kept on this phone first, then sent. */

const studio = (globalThis.studio ??= {});

/* What a person says in a form: a value by field. */
studio.saidIn = (form) => {
  const isSaid = (field) => field.name && field.type !== "hidden" && field.tagName !== "BUTTON" && (field.type !== "radio" || field.checked);
  const said = [...form.elements].filter(isSaid).map((field) => [field.name, field.value.trim()]);
  return Object.fromEntries(said.filter(([, value]) => value));
};

/* Keep an answer; a newer one to the same question takes the place of one that did not leave yet. `bases` are pairs of
   field and what may stand there: what a person saw, and what was sent before. */
studio.answer = async ({ product, draft, question, ...given }, now, bases) => {
  const isEarlier = (item) => item.type === "answer" && item.question === question && (draft ? item.draft === draft : item.product === product);
  const earlier = (await studio.keep.items()).filter(isEarlier);
  const before = [...bases, ...earlier.flatMap((item) => [...item.bases, ...Object.entries(item.now)])];
  const fields = [["question", question], ...Object.entries(now), ...before.map(([name, value]) => [`base-${name}`, value])];
  const kept = await studio.keep.add({ type: "answer", product, draft, question, fields, now, bases: before, ...given });
  for (const item of earlier) await studio.keep.remove(item);
  return kept;
};

/* What stood in a form of the site when it came: its hidden fields say it. */
function basesOf(form) {
  return [...new FormData(form)].filter(([name]) => name.startsWith("base-")).map(([name, value]) => [name.slice(5), value]);
}

/* On a page of the site a form is kept first, then sent as usual: the site's own page says what follows. When a page of
   the site comes from that form, it has arrived; when none comes, the worker shows the page for what is on the phone, and
   what was kept is sent later. */
async function keepAndSend(form, button) {
  const { question } = form.dataset;
  const product = form.dataset.product || undefined;
  const draft = product ? undefined : form.dataset.draft;
  const from = location.href;
  if (form.matches("[data-offer]")) {
    await keepOffer(form);
  } else if (form.matches("[data-send]")) {
    await studio.keep.add({ type: "send", state: "sending", from, product, draft, address: `${studio.here.dataset.answers}/send`, fields: [] });
  } else {
    const given = { product, draft, question, address: studio.here.dataset.answers, state: "sending", from };
    const kept = await studio.answer(given, studio.saidIn(form), basesOf(form));
    await studio.drafts?.noteSaid(kept);
  }
  form.removeAttribute("data-answer");
  form.removeAttribute("data-send");
  form.removeAttribute("data-offer");
  form.requestSubmit(button);
}

/* An answer to a call is kept whole, in place of one to the same call that did not leave yet. */
async function keepOffer(form) {
  const call = form.dataset.offer;
  for (const item of await studio.keep.items()) if (item.type === "offer" && item.call === call) await studio.keep.remove(item);
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  return studio.keep.add({ type: "offer", call, state: "sending", from: location.href, address: form.dataset.kept, fields });
}

/* What was on its way when the last page ended: here, when this page is the answer to it; else it waits again. */
studio.settle = async (isBack = false) => {
  for (const item of await studio.keep.items()) {
    if (item.state !== "sending") continue;
    if (!isBack && !studio.isOffline && document.referrer === item.from) await studio.keep.remove(item);
    else await studio.keep.change(item, { state: "waiting" });
  }
};

if (studio.here && !studio.isOffline && globalThis.indexedDB) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-answer], form[data-send], form[data-offer]")) return;
    if (event.submitter?.name === "change") return;
    const isSkipped = event.submitter?.name === "skip";
    if (form.matches("[data-answer]") && (isSkipped || Object.keys(studio.saidIn(form)).length === 0)) return;
    event.preventDefault();
    /* The guard against a second press must see the form once, when it is really sent. */
    event.stopPropagation();
    keepAndSend(form, event.submitter);
  });
  addEventListener("pageshow", (event) => event.persisted && studio.settle(true).then(studio.queue.run));
}
