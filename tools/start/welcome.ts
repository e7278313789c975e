import type { RunningSystem } from '../system/system';

interface Names {
  readonly password?: string;
  readonly signInNames?: readonly (readonly [string, string])[];
}

/** Where to look, once everything runs. */
export function welcome({ urls, bootstrapFile }: RunningSystem, names: Names | null, say: (line: string) => void): void {
  say(`
■ 系统已就绪 / ready
  县级总图（登录后查询）    ${urls.gateway}/
  总图接口定义              ${urls.gateway}/schema.graphql
  银行接口文档              ${urls.exchange}/v1/docs    ${urls.exchange}/v1/openapi.json
  村民公示页（白莲崖村）    ${urls.publicity}/p/341525109204
  登录（OpenID）            ${urls.identity}/oidc/.well-known/openid-configuration
  三员首次口令              ${bootstrapFile}`);
  if (names?.signInNames) {
    say(`  演示登录名（口令均为 ${names.password ?? ''}）`);
    for (const [title, loginName] of names.signInNames) say(`    ${loginName.padEnd(18)} ${title}`);
  }
  say('  Ctrl-C 停止 / Ctrl-C stops everything');
}
