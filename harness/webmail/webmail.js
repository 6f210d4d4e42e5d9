// The list is alive: each arrival, and each return of the connection, replaces it by what the server has now.
const list = document.getElementById('mails');

if (list) {
  let asked = false;
  let running = false;

  async function refresh() {
    asked = true;
    if (running) return;
    running = true;
    try {
      while (asked) {
        asked = false;
        const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
        if (!answer.ok) continue;
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        replace(page);
      }
    } catch {
      // The server is away: the stream of arrivals says when it is back.
    } finally {
      running = false;
    }
  }

  function replace(page) {
    const focused = document.activeElement?.closest('#mails a')?.getAttribute('href');
    const open = document.querySelector('.deletion')?.open;
    for (const id of ['heading', 'mails']) {
      const fresh = page.getElementById(id);
      const old = document.getElementById(id);
      if (fresh && old) old.replaceChildren(...fresh.childNodes);
    }
    document.title = page.title;
    const deletion = document.querySelector('.deletion');
    if (deletion && open) deletion.open = true;
    if (focused) document.querySelector(`#mails a[href="${CSS.escape(focused)}"]`)?.focus();
  }

  const arrivals = new EventSource('/api/v1/events');
  arrivals.onmessage = refresh;
  arrivals.onopen = refresh;
}
