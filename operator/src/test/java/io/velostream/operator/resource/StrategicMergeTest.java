package io.velostream.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class StrategicMergeTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BASE =
            "{'containers':[{'name':'engine','image':'a','env':[{'name':'X','value':'1'}],'args':['--config']}],'grace':60}";

    private static String merge(String patch) throws JsonProcessingException {
        ObjectNode merged = StrategicMerge.merge(node(BASE), node(patch));
        return merged.toString().replace('"', '\'');
    }

    private static ObjectNode node(String json) throws JsonProcessingException {
        return (ObjectNode) MAPPER.readTree(json.replace('\'', '"'));
    }

    @Test
    void mergesListsByTheirKey() throws JsonProcessingException {
        assertThat(merge("{'containers':[{'name':'engine','env':[{'name':'Y','value':'2'}]},{'name':'side'}]}"))
                .isEqualTo("{'containers':[{'name':'engine','image':'a','env':[{'name':'X','value':'1'},"
                        + "{'name':'Y','value':'2'}],'args':['--config']},{'name':'side'}],'grace':60}");
    }

    @Test
    void replacesOtherLists() throws JsonProcessingException {
        assertThat(merge("{'containers':[{'name':'engine','args':['--other']}]}"))
                .contains("'args':['--other']");
    }

    @Test
    void removesWhatIsNull() throws JsonProcessingException {
        assertThat(merge("{'grace':null}")).doesNotContain("grace");
    }

    @Test
    void deletesAnElementByDirective() throws JsonProcessingException {
        assertThat(merge("{'containers':[{'name':'engine','env':[{'name':'X','$patch':'delete'}]}]}"))
                .contains("'env':[]");
    }
}
