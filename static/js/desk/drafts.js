/* What stands in the reply is kept a moment after the last key, and when the page is left. */

const writing = document.querySelector("form[data-reply]");

if (writing) {
  const said = writing.querySelector("[data-draft-said]");
  const fields = [writing.elements["answer-text"], writing.elements["answer-translation"]];
  const names = ["answer-csrf_token", "answer-text", "answer-translation", "answer-submission"];
  let kept = fields.map((field) => field.value).join("\0");
  let waiting = 0;
  let leaves = false;

  const words = () => fields.map((field) => field.value).join("\0");
  const typed = () => {
    const form = new FormData();
    for (const name of names) form.set(name, writing.elements[name].value);
    return form;
  };

  const keep = async () => {
    const now = words();
    if (now === kept || leaves) return;
    const body = typed();
    try {
      const answer = await fetch(writing.dataset.draft, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return;
      kept = now;
      said.textContent = (await answer.json()).words;
    } catch {
      /* The next key tries again; what is in the page stays there. */
    }
  };

  for (const button of writing.querySelectorAll("[data-without-script]")) button.hidden = true;
  writing.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 1200);
  });
  writing.addEventListener("submit", () => (leaves = true));
  addEventListener("pageshow", () => (leaves = false));
  addEventListener("pagehide", () => {
    if (!leaves && words() !== kept) navigator.sendBeacon(writing.dataset.draft, typed());
  });
}
