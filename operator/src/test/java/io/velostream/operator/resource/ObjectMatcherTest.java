package io.velostream.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectMatcherTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "defaults of the API server   | {'a':1}                        | {'a':1,'b':2}                             | true",
                "another value                | {'a':1}                        | {'a':2}                                   | false",
                "a missing field              | {'a':{'b':1}}                  | {'a':{}}                                  | false",
                "an amount in another unit    | {'cpu':'1000m'}                | {'cpu':'1'}                               | true",
                "another amount               | {'cpu':'1000m'}                | {'cpu':'2'}                               | false",
                "text that begins with digits | {'v':'1a'}                     | {'v':'1b'}                                | false",
                "an added element of a map    | {'env':[{'name':'A'}]}         | {'env':[{'name':'B'},{'name':'A'}]}       | true",
                "a changed element of a map   | {'env':[{'name':'A','v':'1'}]} | {'env':[{'name':'A','v':'2'}]}            | false",
                "an element more in a list    | {'args':['a']}                 | {'args':['a','b']}                        | false",
                "an empty list for none       | {'env':[]}                     | {}                                        | true",
                "a number written as double   | {'a':1}                        | {'a':1.0}                                 | true",
            })
    void holds(String name, String wanted, String actual, boolean expected) throws JsonProcessingException {
        boolean holds = ObjectMatcher.holds(
                MAPPER.readTree(wanted.replace('\'', '"')), MAPPER.readTree(actual.replace('\'', '"')));

        assertThat(holds).as(name).isEqualTo(expected);
    }
}
