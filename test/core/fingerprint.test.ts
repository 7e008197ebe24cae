import { expect, test } from 'vitest';
import { fingerprint64, keyedFingerprint64 } from '../../src/core/fingerprint.js';

// Made by TensorFlow 2.21.0: `to_hash_bucket_fast`, and `to_hash_bucket_strong` with key [17, -42], in 2⁶¹ - 1 buckets.
const buckets = 2n ** 61n - 1n;
const known: readonly (readonly [text: string, plain: string, keyed: string])[] = [
  ['', '1936946117179621459', '429066636869316142'],
  ['a', '1388589064740894184', '1143417922285498465'],
  ['ab', '760385211680531747', '1506017412001358026'],
  ['abc', '334871249046467434', '154007079323033619'],
  ['é', '693143013273849025', '1532559320691699002'],
  ['日本語', '1846174170784512077', '455475984674909627'],
  ['z', '1770827886167318431', '1923502043357306261'],
  ['m', '1143172156943755938', '102705403476477963'],
  ['i', '33455755295578296', '1327384472435422072'],
  [' e', '1726438747254520644', '1733528164039810006'],
  ['qh5', '525391727341932560', '475494800936692405'],
  ['24yn', '783573050936690386', '1899340491954068599'],
  ['bbb8ayn', '774441535757485047', '661509404897734337'],
  ['1b7o259o', '1708075033550557803', '92651248790527381'],
  ['1d4x 9m605w0wa8', '1122209342306017511', '1903707187501688616'],
  ['8v3bol9lf9qcefb2', '612024960017538770', '242635728461094198'],
  ['arprhlwsekkq7krs3', '1747308551049095072', '198097763983459353'],
  ['0v9rode6xk6nttt9xk3fh6 yljq1n d', '1641806389054573511', '1923433909516521838'],
  ['5zwy6k8c7fqgrfif2py1zku2i5nh180h', '714057042533684152', '1104457565422766512'],
  ['srpy9am72bbpqnlsj8mrtq2k8w50hn yn', '1879901043156117011', '409838744151728712'],
  ['laf1d9n81wdg90hqrl4dnfyh2s65zh4gjymk7q08s58nv5g', '317105483207480484', '2117290313998131322'],
  [
    'lnzdp92cvu0hb l6flnoltgduje2jocswdf2molhdmdhfosq71pcqmuww3yyf1p',
    '1328710944409868307',
    '382605901082094380',
  ],
  [
    '5vlhpe1r8tvx03xwuz46bxitkt i9jk3jikfqpwukr4te1j9w2gjuel48ccmwx6w',
    '433360013496151527',
    '556781036624653692',
  ],
  [
    '6xvhlycrndptu zpxdos amgiox6rjkoet 66881264l6wm1ernojinbk5xldxfpn',
    '1965008799350411501',
    '1272711961857075703',
  ],
  [
    '3slu6z09z4otbej5hxqt8tig6i3c24 u8xia8mre3sar6b zhgu 2f57vcmkdhch97tmk8jonf6w 1ris peqdb1s411elnc10ww6jloodxe2unoqj7yg4a4tqsniycy',
    '947978928432589630',
    '653422898051399602',
  ],
  [
    '38bio5gs1m7vgpp5 hl5w1z90bzj1idsy1gmr41q6guj98qb9gx3qgsif0yb4i9z5o6byd0fpc3fscwceectwtf84wukw7puopntt8uta4qojpkfqzmik9euynkc2nzht',
    '1222524812981977014',
    '314159594377202439',
  ],
  [
    'pywqa56i14f7rgog1zjh27nknrxuwq jboq48bvblmqoe1xxmgazv v0vqzrwe1o4wsbg7dko82s1zaezjn4z5g0k5nt9ctsiq6t4i1v7unrct6 s5tqksqvjqy25kycfnud7tc0guiawpw71p7fcvb2bkrn1skcc5y8hys1dov0 5n6fvzlp75e0znqascqflq21tgt',
    '695086110461176230',
    '908487454366182789',
  ],
];

test.each(known)('fingerprints of %j are those of TensorFlow', (text, plain, keyed) => {
  expect(String(fingerprint64(text) % buckets)).toBe(plain);
  expect(String(keyedFingerprint64(text, [17, -42]) % buckets)).toBe(keyed);
});
