/* From TeX to MathML, by the MathJax that sets the pages: a list on standard input, one on output. */
const { readFileSync } = require("fs");
const formulas = JSON.parse(readFileSync(0, "utf8"));

require(process.argv[2])
  .init({
    loader: { load: ["input/tex"] },
    tex: { packages: { "[-]": ["noundefined", "noerrors"] } }, // what cannot be read is an error
  })
  .then((MathJax) => {
    const made = formulas.map(([tex, display]) => MathJax.tex2mml(tex, { display }));
    process.stdout.write(JSON.stringify(made));
  })
  .catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
