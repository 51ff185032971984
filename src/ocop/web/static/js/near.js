// “Near me”: asks the device where it is and opens the same list, nearest first.
const button = document.querySelector("[data-near]");
const status = document.querySelector("[data-near-status]");

button?.addEventListener("click", () => {
  const nowhere = () => { status.textContent = status.dataset.words; };
  if (!navigator.geolocation) { nowhere(); return; }
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const address = new URL(location.href);
    address.searchParams.delete("page");
    // A hundred metres are near enough, and tell less.
    address.searchParams.set("lat", coords.latitude.toFixed(3));
    address.searchParams.set("lon", coords.longitude.toFixed(3));
    location.assign(address);
  }, nowhere, { timeout: 20000 });
});
