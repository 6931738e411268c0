// What JupyterLab loads first: the door to the modules beside this file. JupyterLab hands in what
// it shares; of that, notices alone are used.
(() => {
  const here = document.currentScript.src;
  let shared = {};

  // The style that `python -m course lab` serves as well: a folded answer does not show its words.
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = new URL('custom.css', here).href;
  document.head.append(style);

  async function notices() {
    const [version] = Object.values(shared['@jupyterlab/apputils']);
    return (await version.get())().Notification;
  }

  function plugin(name, does) {
    return {
      id: `course-lite:${name}`,
      description: does,
      autoStart: true,
      activate: async (app) => {
        const module = await import(new URL(`${name}.mjs`, here).href);
        module.activate(app, await notices());
      },
    };
  }

  const plugins = [
    plugin('watchdog', 'Ends a cell that never ends, with its kernel.'),
    plugin('editions', 'Tells when a stored notebook is older than the site.'),
    plugin('first', 'Opens the first chapter where nothing is open.'),
  ];

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['course-lite'] = {
    init: (scope) => { shared = scope; },
    get: async () => () => ({ __esModule: true, default: plugins }),
  };
})();
