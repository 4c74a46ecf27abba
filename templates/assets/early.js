// Run before anything is painted: where the address asks for somebody, the list of the day makes room for who is found, so that
// nothing moves when they come. It comes back where the search does not begin.
if (/[?&](?!page=)[a-z]+=[^&]/.test(location.search)) {
  const { classList } = document.documentElement;
  const giveUp = () => document.querySelector(".pick") || classList.remove("asked");
  classList.add("asked");
  addEventListener("DOMContentLoaded", giveUp);
  setTimeout(giveUp, 4000);
}
