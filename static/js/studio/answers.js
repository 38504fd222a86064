/* Answers: kept on this phone first, then sent. On a page of the site the way goes on when the site has kept it; without
   signal it goes on all the same, and the answer follows later. */

const studio = (globalThis.studio ??= {});

const IMPATIENT_MS = 8000;

/* What stands in a form's fields: what a person says now, and what stood there when the page came. */
function saidIn(form) {
  const now = {};
  const before = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.tagName === "BUTTON") continue;
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) now[field.name] = field.value;
      if (field.defaultChecked) before[field.name] = field.value;
    } else if (field.tagName === "SELECT") {
      now[field.name] = field.value;
      before[field.name] = [...field.options].find((option) => option.defaultSelected)?.value ?? "";
    } else {
      now[field.name] = field.value.trim();
      before[field.name] = field.defaultValue;
    }
  }
  return { now, before };
}

studio.saidIn = saidIn;

/* Keep an answer; a newer one to the same question takes the place of one that did not leave yet. */
studio.answer = async ({ product, draft, question, address }, now, before) => {
  const isEarlier = (item) => item.type === "answer" && item.question === question && (draft ? item.draft === draft : item.product === product);
  const earlier = (await studio.keep.items()).filter(isEarlier);
  const base = { ...before, ...Object.assign({}, ...earlier.map((item) => item.before)) };
  const fields = [["question", question], ...Object.entries(now), ...Object.entries(base).map(([name, value]) => [`base-${name}`, value])];
  const kept = await studio.keep.add({ type: "answer", product, draft, question, address, fields, now, before: base });
  for (const item of earlier) await studio.keep.remove(item);
  return kept;
};

/* What became of a kept thing: "sent", "refused", or "kept" where no answer comes in time. */
studio.outcome = (kept) =>
  new Promise((done) => {
    const late = setTimeout(done, IMPATIENT_MS, "kept");
    const end = (outcome) => {
      clearTimeout(late);
      done(outcome);
    };
    addEventListener("studio-arrived", ({ detail }) => detail.item.key === kept.key && end("sent"));
    addEventListener("studio-stopped", () => end("kept"));
    addEventListener("studio-kept", ({ detail }) => detail.key === kept.key && detail.state === "refused" && end("refused"));
  });

/* A question on a page of the site. What the site does not take as it is goes the usual way: its page says why. */
async function send(form, button) {
  const { product, draft, question, next } = form.dataset;
  const { now, before } = saidIn(form);
  const kept = await studio.answer({ product, draft, question, address: studio.here.dataset.answers }, now, before);
  const outcome = studio.outcome(kept);
  studio.queue.run();
  if ((await outcome) !== "refused") return location.assign(next);
  await studio.keep.remove(kept);
  form.removeAttribute("data-answer");
  form.requestSubmit(button);
}

if (studio.here && !studio.isOffline) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches("form[data-answer]") || !form.dataset.next || button?.name) return;
    const { now } = saidIn(form);
    if (!Object.values(now).some(Boolean)) return;
    event.preventDefault();
    button?.setAttribute("aria-busy", "true");
    send(form, button);
  });
}
