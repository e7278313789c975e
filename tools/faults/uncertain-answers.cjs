// Loaded into a service before it starts. While the file UNCERTAIN_WHILE is there, a share of the database's answers is lost after the call was done, as when
// a connection breaks.
const { existsSync } = require('node:fs');
const { Client } = require('pg');

const [file, share] = [process.env['UNCERTAIN_WHILE'], Number(process.env['UNCERTAIN_SHARE'])];
let uncertain = false;
if (file) setInterval(() => (uncertain = existsSync(file)), 100).unref();

const lost = () => Object.assign(new Error('the answer was lost after the call was done'), { code: 'ECONNRESET' });
const query = Reflect.get(Client.prototype, 'query');
Client.prototype.query = function (...given) {
  const answer = Reflect.apply(query, this, given);
  if (!uncertain || typeof answer?.then !== 'function' || Math.random() >= share) return answer;
  return answer.then(() => {
    this.connection.stream.destroy();
    throw lost();
  });
};
