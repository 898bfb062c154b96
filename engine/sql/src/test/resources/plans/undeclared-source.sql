-- Every field as it came, beside a computed one; the key is the one of the input.
CREATE STREAM out AS SELECT *, price * qty AS total, total * 2 AS twice FROM t WITH ('key.passthrough' = 'true');
-- plan --
STREAM out (unit out)
  logical plan:
    write out as json: *, price * qty AS total, (price * qty) * 2 AS twice
      key: the input record's
      scan t: topic t as json
        reads: every field; price ANY, qty ANY
        time: the record's, disorder 0s, late data drop
  rules: none
  stages:
    out-0:
      from topic t
      to topic out
