// The SQL of Velostream. A script is cut into statements at its semicolons before it gets here, so that every statement
// has its own errors. Where a closed list would give a poor message (EMIT modes, window kinds, clause order) the
// grammar takes any name and the tree builder says what is right.
grammar VeloSql;

options { caseInsensitive = true; }

singleStatement
    : statement EOF
    ;

singleExpression
    : expression EOF
    ;

statement
    : query                                                                             # selectStatement
    | CREATE (OR REPLACE)? objectKind (IF NOT EXISTS)? name=identifier columnDefinitions?
        withProperties* (AS query)?                                                     # createStatement
    | INSERT INTO name=identifier identifierList? query                                 # insertSelect
    | INSERT INTO name=identifier identifierList? VALUES valuesRow (',' valuesRow)*     # insertValues
    | UPDATE identifier SET assignment (',' assignment)* (WHERE expression)?            # updateStatement
    | DELETE FROM identifier (WHERE expression)?                                        # deleteStatement
    | START JOB identifier AS query                                                     # startJob
    | (STOP | PAUSE | RESUME) JOB identifier FORCE?                                     # controlJob
    | DEPLOY JOB identifier VERSION STRING AS query
        (STRATEGY identifier ('(' INTEGER_VALUE '%'? ')')?)?                            # deployJob
    | ROLLBACK JOB identifier (VERSION STRING)?                                         # rollbackJob
    | (SHOW | LIST) word=identifier (object=identifier name=identifier?)? (LIKE STRING)?  # showStatement
    | SHOW CREATE objectKind identifier                                                 # showCreate
    | DESCRIBE (objectKind | EXTENDED)? identifier EXTENDED?                            # describeStatement
    | EXPLAIN ANALYZE? statement                                                        # explainStatement
    | EXPLAIN identifier                                                                # explainName
    | DROP (objectKind | JOB) (IF EXISTS)? identifier                                   # dropStatement
    | ALTER objectKind identifier alteration (',' alteration)*                          # alterStatement
    | (SET | DEFINE) key=propertyKey '=' value=propertyValue                            # setStatement
    | (UNSET | UNDEFINE) key=propertyKey                                                # unsetStatement
    | TERMINATE (ALL | identifier)                                                      # terminateStatement
    ;

objectKind
    : STREAM
    | TABLE
    ;

alteration
    : ADD COLUMN? columnDefinition
    | DROP COLUMN? identifier
    ;

assignment
    : identifier '=' expression
    ;

identifierList
    : '(' identifier (',' identifier)* ')'
    ;

valuesRow
    : '(' expression (',' expression)* ')'
    ;

columnDefinitions
    : '(' columnDefinition (',' columnDefinition)* ')'
    ;

columnDefinition
    : name=identifier type columnConstraint*
    ;

columnConstraint
    : NOT NULL
    | PRIMARY? KEY
    ;

type
    : ARRAY '<' type '>'                                                                # arrayType
    | MAP '<' type ',' type '>'                                                         # mapType
    | STRUCT '<' structField (',' structField)* '>'                                     # structType
    | typeName ('(' INTEGER_VALUE (',' INTEGER_VALUE)? ')')?                            # namedType
    ;

typeName
    : identifier
    | DOUBLE PRECISION
    ;

structField
    : identifier ':'? type
    ;

withProperties
    : WITH '(' (property (',' property)*)? ')'
    ;

property
    : propertyKey '=' propertyValue
    ;

propertyKey
    : STRING
    | propertyWord ('.' propertyWord)*
    ;

propertyWord
    : identifier
    | reserved
    ;

propertyValue
    : STRING
    | '-'? number
    | DURATION
    | TRUE
    | FALSE
    | identifier
    | VARIABLE
    ;

query
    : (WITH RECURSIVE? commonTable (',' commonTable)*)? queryTerm (union queryTerm)*
    ;

union
    : UNION (ALL | DISTINCT)?
    ;

commonTable
    : identifier identifierList? AS '(' query ')'
    ;

queryTerm
    : SELECT (DISTINCT | ALL)? selectItem (',' selectItem)* fromClause? clause*
    ;

selectItem
    : '*'                                                                               # allColumns
    | identifier '.' '*'                                                                # allColumnsOf
    | expression (AS? alias=identifier)? (PRIMARY KEY)?                                 # selectExpression
    ;

fromClause
    : FROM relation (',' relation)*
    ;

clause
    : WHERE expression                                                                  # whereClause
    | GROUP BY expression (',' expression)*                                             # groupByClause
    | HAVING expression                                                                 # havingClause
    | WINDOW kind=identifier '(' windowArgument (',' windowArgument)* ')'               # windowClause
    | PARTITION BY expression (',' expression)*                                         # partitionByClause
    | ORDER BY sortItem (',' sortItem)*                                                 # orderByClause
    | LIMIT expression                                                                  # limitClause
    | EMIT emitMode=identifier                                                              # emitClause
    | INTO identifier                                                                   # intoClause
    | withProperties                                                                    # withClause
    ;

windowArgument
    : label=(SIZE | RETENTION) duration                                                 # labelledArgument
    | ADVANCE BY duration                                                               # advanceArgument
    | GRACE PERIOD duration                                                             # graceArgument
    | INTEGER_VALUE identifier                                                          # unitArgument
    | expression                                                                        # plainArgument
    ;

duration
    : DURATION
    | INTEGER_VALUE identifier
    | interval
    ;

relation
    : relationPrimary joined*
    ;

joined
    : joinKind JOIN relationPrimary joinBound*
    ;

joinKind
    : INNER?
    | (LEFT | RIGHT | FULL) OUTER?
    | CROSS
    ;

joinBound
    : ON expression                                                                     # onBound
    | USING identifierList                                                              # usingBound
    | WITHIN (duration | '(' duration ',' duration ')')                                 # withinBound
    | GRACE PERIOD duration                                                             # graceBound
    ;

relationPrimary
    : identifier (AS? alias=identifier)?                                                # namedRelation
    | (URI | STRING) (AS? alias=identifier)?                                            # addressRelation
    | '(' query ')' AS? alias=identifier                                                # derivedRelation
    ;

expression
    : valueExpression predicate*                                                        # predicated
    | NOT expression                                                                    # not
    | expression AND expression                                                         # and
    | expression OR expression                                                          # or
    ;

predicate
    : comparisonOperator valueExpression                                                # comparison
    | comparisonOperator quantifier=(ANY | SOME | ALL) '(' query ')'                    # quantified
    | NOT? BETWEEN lower=valueExpression AND upper=valueExpression                      # between
    | NOT? IN '(' query ')'                                                             # inQuery
    | NOT? IN '(' expression (',' expression)* ')'                                      # inList
    | NOT? LIKE pattern=valueExpression (ESCAPE escape=STRING)?                         # like
    | IS NOT? NULL                                                                      # isNull
    | IS NOT? (TRUE | FALSE)                                                            # isTruth
    | IS NOT? DISTINCT FROM valueExpression                                             # isDistinct
    | operator=('~' | '!~') valueExpression                                             # regex
    ;

comparisonOperator
    : '='
    | '=='
    | '<>'
    | '!='
    | '<'
    | '<='
    | '>'
    | '>='
    ;

valueExpression
    : primary                                                                           # primaryValue
    | sign=('-' | '+') valueExpression                                                  # signed
    | valueExpression operator=('*' | '/' | '%') valueExpression                        # multiplicative
    | valueExpression operator=('+' | '-') valueExpression                              # additive
    | valueExpression '||' valueExpression                                              # concatenation
    ;

primary
    : number                                                                            # numberLiteral
    | STRING                                                                            # stringLiteral
    | (TRUE | FALSE)                                                                    # booleanLiteral
    | NULL                                                                              # nullLiteral
    | DURATION                                                                          # durationLiteral
    | VARIABLE                                                                          # variable
    | interval                                                                          # intervalLiteral
    | kind=(DATE | TIME | TIMESTAMP) STRING                                             # temporalLiteral
    | CASE operand=expression? whenBranch+ (ELSE otherwise=expression)? END             # caseExpression
    | function=(CAST | TRY_CAST) '(' expression AS type ')'                             # cast
    | EXTRACT '(' part=identifier FROM valueExpression ')'                              # extract
    | POSITION '(' needle=valueExpression IN haystack=valueExpression ')'               # positionIn
    | SUBSTRING '(' text=valueExpression FROM start=valueExpression
        (FOR length=valueExpression)? ')'                                               # substringFrom
    | EXISTS '(' query ')'                                                              # exists
    | ARRAY '[' (expression (',' expression)*)? ']'                                     # arrayConstructor
    | kind=(MAP | STRUCT) '(' pair (',' pair)* ')'                                      # pairConstructor
    | functionName '(' arguments ')' withinGroup? over?                                 # call
    | '(' query ')'                                                                     # subquery
    | '(' expression ')'                                                                # parenthesized
    | identifier                                                                        # columnReference
    | primary ('.' | '->') identifier                                                   # dereference
    | primary '[' valueExpression ']'                                                   # index
    ;

arguments
    : '*'
    | (DISTINCT? argument (',' argument)* (ORDER BY sortItem (',' sortItem)*)?)?
    ;

argument
    : lambda
    | expression
    ;

lambda
    : (identifier | '(' identifier (',' identifier)* ')') '=>' expression
    ;

pair
    : key=expression ':=' item=expression
    ;

whenBranch
    : WHEN condition=expression THEN result=expression
    ;

withinGroup
    : WITHIN GROUP '(' ORDER BY sortItem ')'
    ;

over
    : OVER '(' overItem* ')'
    ;

overItem
    : ROWS WINDOW BUFFER INTEGER_VALUE ROWS                                             # bufferItem
    | PARTITION BY expression (',' expression)*                                         # partitionItem
    | ORDER BY sortItem (',' sortItem)*                                                 # orderItem
    | (ROWS | RANGE) (frameBound | BETWEEN frameBound AND frameBound)                   # frameItem
    | EMIT identifier identifier?                                                       # emitItem
    | EMIT ON identifier                                                                # emitItem
    | EXPIRE AFTER (NEVER | duration INACTIVITY)                                        # expireItem
    ;

frameBound
    : UNBOUNDED (PRECEDING | FOLLOWING)
    | CURRENT ROW
    | (INTEGER_VALUE | interval | DURATION) (PRECEDING | FOLLOWING)
    ;

sortItem
    : expression (ASC | DESC)? (NULLS identifier)?
    ;

interval
    : INTERVAL '-'? (STRING | INTEGER_VALUE) unit=identifier?
    ;

number
    : INTEGER_VALUE
    | DECIMAL_VALUE
    | DOUBLE_VALUE
    ;

functionName
    : identifier
    | LEFT
    | RIGHT
    | REPLACE
    | IF
    | JOIN
    ;

identifier
    : IDENTIFIER
    | QUOTED_IDENTIFIER
    | BACKQUOTED_IDENTIFIER
    | nonReserved
    ;

// Words of the grammar that stay free for columns and objects.
nonReserved
    : ADD | ADVANCE | AFTER | ALTER | ANALYZE | ARRAY | ASC | BUFFER | COLUMN | CURRENT | DATE | DEFINE | DEPLOY | DESC | DESCRIBE
    | DOUBLE | DROP | ESCAPE | EXPIRE | EXPLAIN | EXTENDED | EXTRACT | FOLLOWING | FOR | FORCE | GRACE | IF | INACTIVITY | INTERVAL
    | JOB | KEY | LIST | MAP | NEVER | NULLS | OVER | PARTITION | PAUSE | PERIOD | POSITION | PRECEDING | PRECISION | RANGE
    | RECURSIVE | REPLACE | RESUME | RETENTION | ROLLBACK | ROW | ROWS | SET | SHOW | SIZE | START | STOP | STRATEGY
    | STREAM | STRUCT | SUBSTRING | TABLE | TERMINATE | TIME | TIMESTAMP | TRY_CAST | UNBOUNDED | UNDEFINE | UNSET | VALUES | VERSION
    ;

reserved
    : ALL | AND | ANY | AS | BETWEEN | BY | CASE | CAST | CREATE | CROSS | DELETE | DISTINCT | ELSE | EMIT | END | EXISTS
    | FALSE | FROM | FULL | GROUP | HAVING | IN | INNER | INSERT | INTO | IS | JOIN | LEFT | LIKE | LIMIT | NOT | NULL
    | ON | OR | ORDER | OUTER | PRIMARY | RIGHT | SELECT | SOME | THEN | TRUE | UNION | UPDATE | USING | WHEN | WHERE
    | WINDOW | WITH | WITHIN
    ;

ADD: 'ADD';
ADVANCE: 'ADVANCE';
AFTER: 'AFTER';
ALL: 'ALL';
ALTER: 'ALTER';
ANALYZE: 'ANALYZE';
AND: 'AND';
ANY: 'ANY';
ARRAY: 'ARRAY';
AS: 'AS';
ASC: 'ASC';
BETWEEN: 'BETWEEN';
BUFFER: 'BUFFER';
BY: 'BY';
CASE: 'CASE';
CAST: 'CAST';
COLUMN: 'COLUMN';
CREATE: 'CREATE';
CROSS: 'CROSS';
CURRENT: 'CURRENT';
DATE: 'DATE';
DEFINE: 'DEFINE';
DELETE: 'DELETE';
DEPLOY: 'DEPLOY';
DESC: 'DESC';
DESCRIBE: 'DESCRIBE';
DISTINCT: 'DISTINCT';
DOUBLE: 'DOUBLE';
DROP: 'DROP';
ELSE: 'ELSE';
EMIT: 'EMIT';
END: 'END';
ESCAPE: 'ESCAPE';
EXISTS: 'EXISTS';
EXPIRE: 'EXPIRE';
EXPLAIN: 'EXPLAIN';
EXTENDED: 'EXTENDED';
EXTRACT: 'EXTRACT';
FALSE: 'FALSE';
FOLLOWING: 'FOLLOWING';
FOR: 'FOR';
FORCE: 'FORCE';
FROM: 'FROM';
FULL: 'FULL';
GRACE: 'GRACE';
GROUP: 'GROUP';
HAVING: 'HAVING';
IF: 'IF';
IN: 'IN';
INACTIVITY: 'INACTIVITY';
INNER: 'INNER';
INSERT: 'INSERT';
INTERVAL: 'INTERVAL';
INTO: 'INTO';
IS: 'IS';
JOB: 'JOB';
JOIN: 'JOIN';
KEY: 'KEY';
LEFT: 'LEFT';
LIKE: 'LIKE';
LIMIT: 'LIMIT';
LIST: 'LIST';
MAP: 'MAP';
NEVER: 'NEVER';
NOT: 'NOT';
NULL: 'NULL';
NULLS: 'NULLS';
ON: 'ON';
OR: 'OR';
ORDER: 'ORDER';
OUTER: 'OUTER';
OVER: 'OVER';
PARTITION: 'PARTITION';
PAUSE: 'PAUSE';
PERIOD: 'PERIOD';
POSITION: 'POSITION';
PRECEDING: 'PRECEDING';
PRECISION: 'PRECISION';
PRIMARY: 'PRIMARY';
RANGE: 'RANGE';
RECURSIVE: 'RECURSIVE';
REPLACE: 'REPLACE';
RESUME: 'RESUME';
RETENTION: 'RETENTION';
RIGHT: 'RIGHT';
ROLLBACK: 'ROLLBACK';
ROW: 'ROW';
ROWS: 'ROWS';
SELECT: 'SELECT';
SET: 'SET';
SHOW: 'SHOW';
SIZE: 'SIZE';
SOME: 'SOME';
START: 'START';
STOP: 'STOP';
STRATEGY: 'STRATEGY';
STREAM: 'STREAM';
STRUCT: 'STRUCT';
SUBSTRING: 'SUBSTRING';
TABLE: 'TABLE';
TERMINATE: 'TERMINATE';
THEN: 'THEN';
TIME: 'TIME';
TIMESTAMP: 'TIMESTAMP';
TRUE: 'TRUE';
TRY_CAST: 'TRY_CAST';
UNBOUNDED: 'UNBOUNDED';
UNDEFINE: 'UNDEFINE';
UNION: 'UNION';
UNSET: 'UNSET';
UPDATE: 'UPDATE';
USING: 'USING';
VALUES: 'VALUES';
VERSION: 'VERSION';
WHEN: 'WHEN';
WHERE: 'WHERE';
WINDOW: 'WINDOW';
WITH: 'WITH';
WITHIN: 'WITHIN';

LESS: '<';
LESS_OR_EQUAL: '<=';
GREATER: '>';
GREATER_OR_EQUAL: '>=';
EQUAL: '=';
DOUBLE_EQUAL: '==';
NOT_EQUAL: '<>';
BANG_EQUAL: '!=';
CONCAT: '||';
PLUS: '+';
MINUS: '-';
ASTERISK: '*';
SLASH: '/';
PERCENT: '%';
TILDE: '~';
BANG_TILDE: '!~';
ARROW: '->';
FAT_ARROW: '=>';
ASSIGN: ':=';
DOT: '.';
COMMA: ',';
COLON: ':';
SEMICOLON: ';';
LEFT_PAREN: '(';
RIGHT_PAREN: ')';
LEFT_BRACKET: '[';
RIGHT_BRACKET: ']';

STRING: '\'' (~'\'' | '\'\'')* '\'';
QUOTED_IDENTIFIER: '"' (~["\r\n] | '""')+ '"';
BACKQUOTED_IDENTIFIER: '`' (~[`\r\n] | '``')+ '`';
VARIABLE: '$' '{' ~[{}\r\n]* '}' | '$' (LETTER | '_') (LETTER | DIGIT | '_')*;

INTEGER_VALUE: DIGIT+;
DECIMAL_VALUE: DIGIT+ '.' DIGIT* | '.' DIGIT+;
DOUBLE_VALUE: DIGIT+ ('.' DIGIT*)? EXPONENT | '.' DIGIT+ EXPONENT;
// Any letters: the tree builder names the known units when these are not one of them.
DURATION: DIGIT+ ([A-Z] | '\u03bc')+;
URI: [A-Z] [A-Z0-9+]* '://' ~[ \t\r\n;,()'"`]+;
IDENTIFIER: (LETTER | '_') (LETTER | DIGIT | [_$])*;

LINE_COMMENT: '--' ~[\r\n]* -> channel(HIDDEN);
BLOCK_COMMENT: '/*' .*? '*/' -> channel(HIDDEN);
WHITESPACE: [ \t\r\n\u00a0\ufeff]+ -> skip;

// What is left over when the closing mark is missing.
UNTERMINATED_STRING: '\'';
UNTERMINATED_QUOTED_IDENTIFIER: '"';
UNTERMINATED_BACKQUOTED_IDENTIFIER: '`';
UNTERMINATED_COMMENT: '/*';
UNRECOGNIZED: .;

fragment EXPONENT: 'E' [+-]? DIGIT+;
fragment DIGIT: [0-9];
fragment LETTER: [\p{Alpha}];
