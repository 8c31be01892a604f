// Passkeys: a form whose hidden field the browser's authenticator fills. Without this script, or
// where the browser knows no passkeys, the form stays hidden and the sentence beside it stays.

const known = window.PublicKeyCredential;
const canAsk = Boolean(known?.parseRequestOptionsFromJSON && known.parseCreationOptionsFromJSON);

function ask({ passkey, options }) {
  const wanted = JSON.parse(options);
  return passkey === "new"
    ? navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(wanted) })
    : navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(wanted) });
}

async function fill(form) {
  const status = form.querySelector("[role=status]");
  status.textContent = "";
  try {
    const credential = await ask(form.dataset);
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    status.textContent = form.dataset.failed;
  }
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  if (!canAsk) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    fill(form);
  });
  form.hidden = false;
  document.querySelectorAll("[data-without-passkeys]").forEach((place) => (place.hidden = true));
});
