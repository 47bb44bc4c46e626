package io.plumbline.agent.capture.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MdcTraceTest {
    @ParameterizedTest
    @CsvSource({
        "0af7651916cd43dd8448eb211c80319c, false, 0af7651916cd43dd8448eb211c80319c",
        "0AF7651916CD43DD8448EB211C80319C, false, 0af7651916cd43dd8448eb211c80319c",
        "b7ad6b7169203331, false, 0000000000000000b7ad6b7169203331",
        "1234567890123456, false, 00000000000000001234567890123456",
        "1234567890123456, true, 0000000000000000000462d53c8abac0",
        "18446744073709551615, true, 0000000000000000ffffffffffffffff",
        "18446744073709551616, true,",
        "0af7651916cd43dd8448eb211c80319c, true, 0af7651916cd43dd8448eb211c80319c",
        "00000000000000000000000000000000, false,",
        "0, true,",
        "0af7651916cd43dd8448eb211c80319, false,",
        "0af7651916cd43dd8448eb211c80319g, false,",
        "0af7651916cd43dd8448eb211c80319c0, false,",
        "'', false,",
        "none, true,"
    })
    void id_traceInAnyForm_isThirtyTwoDigitsOrNone(String text, boolean datadog, String id) {
        assertThat(MdcTrace.id(text, 32, datadog)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "b7ad6b7169203331, false, b7ad6b7169203331",
        "12345, true, 0000000000003039",
        "0af7651916cd43dd8448eb211c80319c, false,",
        "0000000000000000, false,"
    })
    void id_spanInAnyForm_isSixteenDigitsOrNone(String text, boolean datadog, String id) {
        assertThat(MdcTrace.id(text, 16, datadog)).isEqualTo(id);
    }
}
