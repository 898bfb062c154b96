grammar VeloSql;
script : EOF ;
WS : [ \t\r\n]+ -> skip ;
