const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export const pageStyle = `body{font:16px/1.7 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;max-width:28rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
h1{font-size:1.4rem;border-bottom:2px solid #b3261e;padding-bottom:.4rem}form{margin:1rem 0;padding:1rem;border:1px solid #bbb;border-radius:6px}
label{display:block;margin:.5rem 0 .2rem}input{width:100%;box-sizing:border-box;font-size:1rem;padding:.5rem}button{margin-top:1rem;padding:.6rem 2rem;font-size:1rem}
.upstream{display:block;padding:.8rem 1rem;border:2px solid #b3261e;border-radius:6px;text-align:center;color:#b3261e;font-weight:600;text-decoration:none}
.problem{color:#b3261e;font-weight:600}`;

export interface SignInPage {
  readonly uid: string;
  readonly problem: string | null;
  readonly mustChange: boolean;
  /** The name of the unit's own provider, if there is one. */
  readonly upstream: string | null;
}

/** 登录页 — works without scripts; staff by password or at their unit's provider, villagers by the code on their slip. */
export function signInPage({ uid, problem, mustChange, upstream }: SignInPage): string {
  const action = `/interaction/${escape(uid)}`;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>登录 · 党建引领信用村</title><link rel="stylesheet" href="/interaction/style.css"></head>
<body><h1>党建引领信用村 登录</h1>
${problem === null ? '' : `<p class="problem" role="alert">${escape(problem)}</p>`}
${upstream === null ? '' : `<p><a class="upstream" href="${action}/upstream">用${escape(upstream)}登录</a></p>`}
<form method="post" action="${action}/staff"><h2>工作人员</h2>
<label for="loginName">登录名</label><input id="loginName" name="loginName" autocomplete="username" required maxlength="32">
<label for="password">口令</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200">
${mustChange ? '<label for="newPassword">新口令（首次登录须设置）</label><input id="newPassword" name="newPassword" type="password" autocomplete="new-password" required maxlength="200">' : ''}
<button type="submit">登录</button></form>
<form method="post" action="${action}/slip"><h2>村民（凭告知单）</h2>
<label for="code">告知单上的取号</label><input id="code" name="code" autocomplete="one-time-code" required maxlength="20">
<label for="tail">本人身份证号后四位</label><input id="tail" name="tail" required maxlength="4" inputmode="text">
<button type="submit">登录</button></form>
</body></html>`;
}
