// Runs before the first paint, so that a chosen theme never flashes. A file, because inline scripts are refused.
(() => {
  const theme = localStorage.getItem('skein.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
