package io.velostream.engine.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlProblemRendererTest {

    private static String render(String sql) {
        Compilation compilation = new SqlCompiler().compile(sql, new CompileOptions(Map.of(), Map.of(), true));
        return SqlProblemRenderer.render("orders.sql", sql, compilation.problems());
    }

    @Test
    void underlinesTheOffendingTextInItsLine() {
        String sql = """
            CREATE STREAM orders (id BIGINT, amount DOUBLE) WITH ('topic' = 'orders');
            CREATE STREAM out AS
              SELECT id, amuont FROM orders;
            """;

        assertThat(render(sql)).isEqualTo("""
            orders.sql:3:14: error: column `amuont` does not exist in `orders`; did you mean `amount`? [VELO-2001]
                SELECT id, amuont FROM orders;
                           ^^^^^^
              its columns are id, amount""");
    }

    @Test
    void showsAPartOfALongLine() {
        String sql = "CREATE STREAM out AS SELECT " + "a, ".repeat(500) + "FROM t;";

        String rendered = render(sql);

        assertThat(rendered).startsWith("orders.sql:1:1529: error: unexpected `FROM`");
        assertThat(rendered.lines()).allMatch(line -> line.length() <= 170);
        String[] lines = rendered.split("\n");
        assertThat(lines[1].substring(lines[2].indexOf('^'))).startsWith("FROM");
    }

    @Test
    void endOfTextHasAPlaceToo() {
        assertThat(render("CREATE STREAM out AS SELECT a FROM")).startsWith("orders.sql:1:35: error:");
    }
}
