/* Where a picture lies in its frame: how near it is, and how far it was pushed; moved by a mouse or by fingers.
   `acts`: turned(step) when it was swiped aside, closed() when it was swiped away, changed(scale, most) after every change. */

const AGAIN_MS = 320;
const STILL_PX = 10;
const SWIPE_PX = 56;
const TOGGLED = 2.5;

export function view(frame, acts) {
  let image = null;
  let widest = 0;
  let scale = 1;
  let [x, y] = [0, 0];
  const fingers = new Map();
  let start = null;
  let tapped = { at: 0, x: 0, y: 0 };

  /* -- what is seen -- */

  const most = () => Math.max(2, widest / fitted().width);

  /* The size of the whole picture in the frame; its own proportions stand in its attributes. */
  function fitted() {
    const { clientWidth: width, clientHeight: height } = frame;
    const [own, tall] = ["width", "height"].map((side) => Number(image.getAttribute(side)));
    const share = Math.min(width / own, height / tall);
    return { width: own * share, height: tall * share };
  }

  function draw() {
    const { width, height } = fitted();
    const room = { x: Math.max(0, (width * scale - frame.clientWidth) / 2), y: Math.max(0, (height * scale - frame.clientHeight) / 2) };
    x = Math.min(room.x, Math.max(-room.x, x));
    y = Math.min(room.y, Math.max(-room.y, y));
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    const needed = `${Math.ceil(width * scale)}px`;
    if (image.sizes !== needed && parseInt(image.sizes, 10) < parseInt(needed, 10)) ask(needed);
    acts.changed(scale, most());
  }

  /* The browser chooses the file: it is told how wide the picture now stands. */
  function ask(sizes) {
    for (const each of image.parentElement.children) each.sizes = sizes;
  }

  /* Nearer or farther, while the point of the frame stays where it is. */
  function to(wanted, px = 0, py = 0) {
    const next = Math.min(most(), Math.max(1, wanted));
    x = px - ((px - x) * next) / scale;
    y = py - ((py - y) * next) / scale;
    scale = next;
    draw();
  }

  const toggle = (px, py) => to(scale > 1 ? 1 : TOGGLED, px, py);
  const push = (dx, dy) => {
    x += dx;
    y += dy;
    draw();
  };

  function show(shown, width) {
    image = shown;
    widest = width;
    [scale, x, y] = [1, 0, 0];
    ask(`${Math.ceil(fitted().width)}px`);
    draw();
  }

  /* -- fingers and mouse -- */

  function place({ clientX, clientY }) {
    const box = frame.getBoundingClientRect();
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 };
  }

  function middle() {
    const all = [...fingers.values()];
    const [one, other = one] = all;
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, apart: Math.hypot(one.x - other.x, one.y - other.y), count: all.length };
  }

  const begin = () => (start = fingers.size ? { ...middle(), scale, left: x, top: y } : null);

  frame.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    fingers.set(event.pointerId, place(event));
    frame.setPointerCapture(event.pointerId);
    frame.classList.add("zoom-held");
    if (fingers.size === 1) tapped.moved = false;
    begin();
  });

  frame.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, place(event));
    const now = middle();
    const [dx, dy] = [now.x - start.x, now.y - start.y];
    if (Math.hypot(dx, dy) > STILL_PX || now.count > 1) tapped.moved = true;
    if (now.count > 1) {
      [scale, x, y] = [start.scale, start.left + dx, start.top + dy];
      to((start.scale * now.apart) / (start.apart || now.apart), now.x, now.y);
    } else if (scale > 1) {
      [x, y] = [start.left + dx, start.top + dy];
      draw();
    }
  });

  function end(event) {
    if (!fingers.has(event.pointerId)) return;
    const [last, count] = [fingers.get(event.pointerId), fingers.size];
    fingers.delete(event.pointerId);
    frame.classList.toggle("zoom-held", fingers.size > 0);
    if (event.type === "pointerup" && count === 1) {
      if (!tapped.moved) tap(event, last);
      else if (scale === 1 && start.count === 1 && start.scale === 1) swipe(last.x - start.x, last.y - start.y);
    }
    begin();
  }
  frame.addEventListener("pointerup", end);
  frame.addEventListener("pointercancel", end);

  /* One press of a mouse, two taps of a finger. */
  function tap(event, { x: px, y: py }) {
    if (event.pointerType === "mouse") return toggle(px, py);
    const isAgain = event.timeStamp - tapped.at < AGAIN_MS && Math.hypot(px - tapped.x, py - tapped.y) < 40;
    tapped = { at: isAgain ? 0 : event.timeStamp, x: px, y: py };
    if (isAgain) toggle(px, py);
  }

  function swipe(dx, dy) {
    if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy)) acts.turned(dx < 0 ? 1 : -1);
    else if (dy > 2 * SWIPE_PX) acts.closed();
  }

  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x: px, y: py } = place(event);
    to(scale * Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), px, py);
  }, { passive: false });

  addEventListener("resize", () => image && draw());

  return { show, push, toggle, by: (factor) => to(scale * factor), whole: () => to(1), isNear: () => scale > 1 };
}
