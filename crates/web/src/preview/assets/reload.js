// Reloads the page after a build. It asks once and waits for the answer, so an idle preview is quiet.
const wait = since =>
  fetch("/_preview/wait?since=" + since)
    .then(answer => answer.text())
    .then(now => (since !== "" && now !== since ? location.reload() : wait(now)))
    .catch(() => setTimeout(() => wait(since), 1000));
wait("");
