// What numpy 2.4.6 wrote, packed by zlib, as base64:
//   s = io.BytesIO(); numpy.lib.format.write_array(s, numpy.array(VALUES, dtype=TYPE, order=ORDER), version=VERSION)
//   base64.b64encode(zlib.compress(s.getvalue(), 9))
import { inflateSync } from 'node:zlib';

const unpacked = (packed: string) => new Uint8Array(inflateSync(Buffer.from(packed, 'base64')));

/** By what is special about each; the values are in the tests. */
const packedNpy = {
  float32:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgpGmjoKtQpkAy4GhgP2DEACiO2ebUysBwAplB/f',
  float64:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RomOpo6CrUKFAAuBjB4YP9n5cdLvkkB+yH8H/UQ+kM9AFqgJIo=',
  float16:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2akrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpmOpo6CrUKFAAuBrv/vxkZGOoY/jAwAAC2Bx8O',
  'float16 big end first':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBul2akrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAu01AHBgDCUBwj',
  'float32 big end first':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBul2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuuwYGhoMMDAwANsYc2g==',
  'int32 big end first':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBul2mirqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFACuBgYGhvr///8DADueH1o=',
  int64:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RrGOpo6CrUKFAAuBgaGhv8QUA9kM7AzQAAAbrMjYA==',
  'uint64 big end first':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuV2qhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuBiRQ////fwAaOR7q',
  uint32:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuU2qirqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuBiD4//9/PQA9kB7k',
  int16:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mkrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFACuK/90GAHHDB1Z',
  'uint16 big end first':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuV2qkrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFACu//8ZGAHNaR1n',
  int8: 'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBek2morqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFACu//UApwcdFw==',
  uint8:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBeU2qorqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOgpGmjoKtQpkAy6G/wCuFBy1',
  bool: 'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBek2SorqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuRgYAoZgbkw==',
  'columns first':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mirqOgnpZfVFKUmBefX5SSChIPKSpNBQoXZyQWpAK5GkY6CsY6CkaaOgq1CmQCLgYgYANiJiDmAGIWIAYJMgIxOxAzAzEnELMCMTcQAwB7Uxuk',
  'a scalar':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqaOgq1ChQBLgaGCQ4AufccCw==',
  'no rows':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2airqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RoGOgrGmjoKtQpkAy4AVesbag==',
  'version 2.0':
    'eNqb7BfqGxDJxFDCwMBQrZ6SWpxcpG6loG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQpkAy5GoL1MQAwA+skbHg==',
  'version 3.0':
    'eNqb7BfqGxDJzFDCwMBQrZ6SWpxcpG6loG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6mjoKtQpkAy5GoL1MQAwA+0sbHw==',
  'int64 beyond int32':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuRgY4aAARAA4lG+E=',
  'uint32 beyond int32':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuU2qirqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOpo6CrUKFACu/0AAANAaH2M=',
  'float64 beyond float32':
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOpo6CrUKFACuOaUMHTZPzOsAPigeyg==',
  complex:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuk2yhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOpo6CrUKFAAuBoYGewYgAAAxyhwY',
  text: 'eNqb7BfqGxDJyFDGUK2eklqcXKRupaBuE2qkrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RqGOpo6CrUKFACuRAYGhiQgBgApPRwI',
  records:
    'eNqb7BfqGxDJyFDGUK2eklqcXKRupRCtoZ6orqOgbpNpoq4ZC2Sk5ReVFCXmxecXpaSCFLgl5hSnAsWLMxILUoF8DUMdTR2FWgXSARcjAwMDANg3HEA=',
};

/** A file that numpy wrote. */
export const npyOfNumpy = (name: keyof typeof packedNpy) => unpacked(packedNpy[name]);

// s = io.BytesIO(); numpy.savez(s, x=numpy.arange(6, dtype='f4').reshape(2, 3), größe=numpy.array([1, 2]))
const packedNpz = {
  savez:
    'eNoL8GZm0WWAAEUG/5cMWv+hgJVBhKFCL6+gkpFBgGEGVAmMnuwX6hsQychQxlCtnpJanFykbqWgbpNmoq6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjoKxpo6CrUKZAMuiCsa7IGEAxABcQMQL3AIgHiHA+Idnj8yL2He4QZ6J73o8LbD81NhnpoA9cwEvJ7KtCDSU5R5CegpRqg7mKB0gDcjky4zauzMgEYCKwMCNIA1guMKrgUpBCZAvciNouU8kEQKjwBvVjaI3UwMOUB6DthMALA6bKc=',
  savez_compressed:
    'eNoL8GZm0WVgYOAAYkUG/5cMWv+hgJVBhKFCL6+gkpFBgGEGAwSEQunZb8RfSQucPBFwLGDtvElRc2KW5C1dkDc5bdG6xQvmTYsPCZoyQ3x+/JRJXELl3mc0/Vi7xNNVxJYw/ZRys+I6NsuKaytXCrMem0HGBnYhPgeWI7wOew4wMgRA3MIBcQvPH5mXMLdwA92SXnR42+H5qTAXTYC6xAu/izIXEnYR2D0iDHpubBwJTZeAzmBk0mVGDRSQv0FhwMqAAA2MIBIcRHAtSG4HOQzkSG4ULT1AEsknAd6sbCAJJiDMAdLCYDMByUNxBQ==',
};

export const npzOfNumpy = (name: keyof typeof packedNpz) => unpacked(packedNpz[name]);
