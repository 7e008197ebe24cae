/** How the report looks, in light and in dark. */
export const pageStyle = `
:root{color-scheme:light dark;--page:#fff;--text:#1d2126;--faint:#5b6570;--line:#d9dee3;--band:#f4f6f8;--mark:#0b6fa4;--warn:#8a4b00}
@media (prefers-color-scheme:dark){:root{--page:#14171a;--text:#e4e8ec;--faint:#9aa5b0;--line:#343b42;--band:#1c2125;--mark:#6cc0ee;--warn:#f0b35c}}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .25rem}
h2{font-size:1.2rem;margin:2.5rem 0 .75rem}
p{margin:.4rem 0;max-width:46rem}
.faint{color:var(--faint)}
.score{display:flex;flex-wrap:wrap;gap:2.5rem;margin:1.5rem 0}
.score div{display:flex;flex-direction:column}
.score b{font-size:2.2rem;line-height:1.1;font-variant-numeric:tabular-nums}
.score .main b{color:var(--mark)}
.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .9rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--faint)}
.r{text-align:right}
.warn{color:var(--warn)}
code{font:.9em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--band);padding:.1em .35em;border-radius:4px}
svg{max-width:100%;height:auto}
pre{background:var(--band);padding:.8rem 1rem;overflow-x:auto;font:.85rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;border-radius:6px}
`;
