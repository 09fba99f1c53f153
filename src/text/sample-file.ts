/** Marks a file name as a sample to copy and fill in: `db.env.example`, `secret.sample.yaml`. */
export const sampleWord = /[._-](example|sample|template|tmpl|dist)(?=\.|$)/;
