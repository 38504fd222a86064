/* Who else has this inquiry open or is answering it: asked every fifteen seconds, and told when the page is left. */

const replying = document.querySelector("form[data-reply]");

if (replying) {
  const told = replying.querySelector("[data-here-said]");
  const between = 15000;
  const atMostEvery = 4000;
  let typed = false;
  let asked = 0;

  const question = (more) => {
    const form = new FormData();
    form.set("csrf_token", replying.elements["answer-csrf_token"].value);
    form.set("seen", replying.elements["answer-seen"].value);
    for (const [name, value] of Object.entries(more)) form.set(name, value);
    return form;
  };

  const ask = async () => {
    if (document.hidden) return;
    const writes = typed;
    const body = question(writes ? { writes: "1" } : {});
    typed = false;
    asked = Date.now();
    try {
      const answer = await fetch(replying.dataset.here, { method: "POST", body, credentials: "same-origin" });
      if (!answer.ok) return;
      const { html } = await answer.json();
      /* Put in only when it says something else: a screen reader reads it out each time. */
      if (told.dataset.html !== html) told.innerHTML = told.dataset.html = html;
    } catch {
      typed ||= writes;
    }
  };

  replying.addEventListener("input", () => {
    typed = true;
    if (Date.now() - asked > atMostEvery) ask();
  });
  addEventListener("pagehide", () => navigator.sendBeacon(replying.dataset.here, question({ gone: "1" })));
  addEventListener("pageshow", ask);
  document.addEventListener("visibilitychange", ask);
  setInterval(ask, between);
}
