// Written by `npm run shell`: what the service worker keeps.
self.SHELL = {
  version: '5e11c37609cb',
  files: [
    '/static/icons/icon-192.png',
    '/static/icons/icon-512.png',
    '/static/icons/icon.svg',
    '/static/index.html',
    '/static/js/early.js',
    '/static/js/vendor/idb.js',
    '/static/js/vendor/leaflet.js',
    '/static/js/vendor/preact.js',
    '/static/js/vendor/socket.io.js',
    '/static/login.html',
    '/static/packed/login.css',
    '/static/packed/login.js',
    '/static/packed/map-view.js',
    '/static/packed/nurse.css',
    '/static/packed/nurse.js',
    '/static/packed/offline-device.js',
  ],
};
