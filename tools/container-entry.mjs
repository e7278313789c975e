// The entry of the container image: runs one service, or the one-shot migration, named by the argument.
const known = ['identity', 'archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange', 'gateway'];
const [what] = process.argv.slice(2);
if (what === 'migrate') await import('../dist/tools/migrate/main.js');
else if (known.includes(what)) {
  process.env.SERVICE = what;
  await import(`../dist/apps/${what}/src/main.js`);
} else {
  console.error(`请指明服务 / name a service: ${[...known, 'migrate'].join(', ')}`);
  process.exit(1);
}
