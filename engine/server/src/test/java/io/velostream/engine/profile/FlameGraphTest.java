package io.velostream.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlameGraphTest {

    private static StackTree tree() {
        StackTree tree = new StackTree();
        for (int i = 0; i < 3; i++) {
            tree.add(List.of("thread", "a.b.Type.<init>", "a.b.Other.call"));
        }
        tree.add(List.of("thread", "a.b.Type.<init>"));
        return tree;
    }

    @Test
    void countsACallWithWhatItCalls() {
        StackTree thread = tree().callees().getFirst();

        assertThat(tree().samples()).isEqualTo(4);
        assertThat(tree().depth()).isEqualTo(4);
        assertThat(thread.callees().getFirst().samples()).isEqualTo(4);
        assertThat(thread.callees().getFirst().callees().getFirst().samples()).isEqualTo(3);
    }

    @Test
    void isAsWideAsItsShareAndWritesNoMarkupOfNames() {
        String svg = FlameGraph.svg(tree(), "4 samples & more");

        assertThat(svg)
                .contains("4 samples &amp; more")
                .contains("<title>a.b.Type.&lt;init&gt; (4 samples, 100.00 %)</title>")
                .contains("<title>a.b.Other.call (3 samples, 75.00 %)</title>")
                .contains("width=\"885.0\"")
                .doesNotContain("<init>");
    }

    @Test
    void isAnEmptyGraphWithoutSamples() {
        assertThat(FlameGraph.svg(new StackTree(), "nothing")).endsWith("</svg>\n");
    }
}
