// The entry of the container image: runs one service, or one of the commands of operations, named by the first argument.
const known = ['identity', 'archives', 'civility', 'publicity', 'appeals', 'rating', 'exchange', 'gateway'];
const commands = ['migrate', 'backup', 'restore'];
const [what] = process.argv.splice(2, 1);
if (commands.includes(what)) await import(`../dist/tools/${what}/main.js`);
else if (known.includes(what)) {
  process.env.SERVICE = what;
  await import(`../dist/apps/${what}/src/main.js`);
} else {
  console.error(`请指明服务 / name a service: ${[...known, ...commands].join(', ')}`);
  process.exit(1);
}
