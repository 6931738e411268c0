window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB['course-lite'] = {
  init: () => {},
  get: async () => () => ({ __esModule: true, default: [{ id: 'course-lite:watchdog', autoStart: true, activate: (app) => { window.courseApp = app; } }] }),
};
