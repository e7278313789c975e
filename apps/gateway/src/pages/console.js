const form = document.getElementById('question');
const answer = document.getElementById('answer');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    const body = JSON.stringify({ query: form.query.value, variables: JSON.parse(form.variables.value || '{}') });
    const response = await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    answer.textContent = `没有查询成功：${error.message}`;
  }
});
