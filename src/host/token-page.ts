/** Shown where a link was used before or a browser was never let in. No script, no style, both languages. */
export function tokenPage(): string {
  return `<!doctype html>
<html lang="ru">
<head><meta charset="utf-8"><meta name="color-scheme" content="dark light"><title>Пульт</title></head>
<body>
<h1>Пульт</h1>
<p>Эта ссылка уже открывалась или устарела. Новую даёт <code>npm start</code> в папке программы
или клавиша Enter в окне, где Пульт запущен.</p>
<p lang="en">This link was used before or is too old. Get a new one by <code>npm start</code> in the program's folder,
or by pressing Enter in the window where Pult runs.</p>
</body>
</html>
`;
}
