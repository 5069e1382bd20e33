// Runs before the first paint, so that a night screen never flashes white. Not a module: those wait.
(() => {
  try {
    const theme = localStorage.getItem('uitwijk.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    if (localStorage.getItem('uitwijk.language') === 'en') document.documentElement.lang = 'en';
  } catch {
    // Storage is switched off: the device's own setting holds.
  }
})();
