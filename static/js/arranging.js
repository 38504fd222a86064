/* Photographs dragged into another order, beside the buttons that do the same; and a look again while some are prepared.
   What is dropped is sent as the form would send it, and shown as the site then says it is. */

const LOOK_AGAIN_MS = 4000;

for (const form of document.querySelectorAll("[data-arranging]")) arrange(form);
if (document.querySelector("[data-waits]")) lookAgain();

function arrange(form) {
  const list = form.querySelector(".arranged");
  const says = form.querySelector("[data-arranging-says]");
  const names = () => [...list.children].map((item) => item.dataset.name);
  let lifted = null;

  form.dataset.arranging = "on";

  for (const handle of list.querySelectorAll(".arranged-picture")) {
    const item = handle.closest("li");
    handle.addEventListener("dragstart", (event) => event.preventDefault());
    handle.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      lifted = item;
      item.classList.add("arranged-lifted");
      handle.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    handle.addEventListener("pointermove", (event) => {
      if (!lifted) return;
      const under = [...list.children].find((other) => {
        const { top, bottom } = other.getBoundingClientRect();
        return other !== lifted && event.clientY > top && event.clientY < bottom;
      });
      if (!under) return;
      const isBelow = lifted.compareDocumentPosition(under) & Node.DOCUMENT_POSITION_FOLLOWING;
      under[isBelow ? "after" : "before"](lifted);
    });
    for (const sign of ["pointerup", "pointercancel"]) handle.addEventListener(sign, drop);
  }

  function drop() {
    if (!lifted) return;
    lifted.classList.remove("arranged-lifted");
    lifted = null;
    if (names().join(",") !== form.elements.opened.value) send();
  }

  async function send() {
    const body = new FormData(form);
    body.set("order", names().join(","));
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok) return location.reload();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-arranging]");
    if (!now) return location.reload();
    form.elements.opened.value = now.elements.opened.value;
    [...list.children].forEach((item, at) => {
      const fresh = now.querySelector(`[data-name="${CSS.escape(item.dataset.name)}"] > div:last-child`);
      item.querySelector(".arranged-number").textContent = at + 1;
      if (fresh) item.lastElementChild.replaceWith(fresh);
    });
    says.textContent = says.dataset.words;
  }
}

/* Not while somebody is choosing a file or holds a photograph. */
function lookAgain() {
  setTimeout(() => {
    const busy = document.hidden || document.querySelector(".arranged-lifted") || [...document.querySelectorAll("input[type=file]")].some((input) => input.files.length);
    if (busy) lookAgain();
    else location.replace(location.href);
  }, LOOK_AGAIN_MS);
}
