/** Imported before anything native: under an older Node the database driver dies without a word. */
const [major = '0'] = process.versions.node.split('.');

if (Number(major) < 24) {
  process.stderr.write(
    `Pult needs Node 24 and was started by ${process.version}. Run it through npm (npm start): the right Node is in node_modules/.bin\n`,
  );
  process.exit(78);
}
