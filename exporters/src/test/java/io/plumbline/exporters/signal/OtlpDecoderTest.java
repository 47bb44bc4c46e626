package io.plumbline.exporters.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpDecoderTest {

    private static final byte[] TRACE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, (byte) 0xff};
    private static final byte[] SPAN = {1, 2, 3, 4, 5, 6, 7, 8};

    @Test
    void decode_ourLog_readsEverything() throws MalformedRecordException {
        LogRecord record = LogRecord.newBuilder()
                .setTimeUnixNano(5)
                .setObservedTimeUnixNano(6)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_INFO)
                .setSeverityText("INFO")
                .setBody(text("hello"))
                .setEventName("plumbline.log")
                .setTraceId(ByteString.copyFrom(TRACE))
                .setSpanId(ByteString.copyFrom(SPAN))
                .addAttributes(pair("log.record.uid", text("u-1")))
                .addAttributes(pair("plumbline.probe.id", text("p-1")))
                .addAttributes(pair(
                        "code.line.number",
                        AnyValue.newBuilder().setIntValue(118).build()))
                .addAttributes(pair("plumbline.values", kvlist(pair("order.id", text("7")), pair("a", text("b")))))
                .build();

        LogSignal log = (LogSignal) onlyLog(record);

        assertThat(log.resource().service()).isEqualTo("shop");
        assertThat(log.resource().instance()).isEqualTo("i-1");
        assertThat(log.resource().environment()).isEqualTo("prod");
        assertThat(log.uid()).isEqualTo("u-1");
        assertThat(log.probeId()).isEqualTo("p-1");
        assertThat(log.body()).isEqualTo("hello");
        assertThat(log.severityNumber()).isEqualTo(9);
        assertThat(log.eventName()).isEqualTo("plumbline.log");
        assertThat(log.traceId()).isEqualTo("0102030405060708090a0b0c0d0e0fff");
        assertThat(log.spanId()).isEqualTo("0102030405060708");
        assertThat(log.attributes()).containsEntry("code.line.number", 118L);
        assertThat(log.attributes()).containsEntry("plumbline.values", Map.of("order.id", "7", "a", "b"));
        assertThat(log.wireBytes()).isEqualTo(record.getSerializedSize());
    }

    @Test
    void decode_foreignLogWithNothing_hasEmptyParts() throws MalformedRecordException {
        Decoded decoded = decode(LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(LogRecord.getDefaultInstance())))
                .build());

        LogSignal log = (LogSignal) decoded.signals().get(0);
        assertThat(log.resource().service()).isEmpty();
        assertThat(log.resource().instance()).isEmpty();
        assertThat(log.uid()).isEmpty();
        assertThat(log.probeId()).isEmpty();
        assertThat(log.traceId()).isEmpty();
        assertThat(log.body()).isEqualTo("");
    }

    @Test
    void decode_idsOfZeros_areNone() throws MalformedRecordException {
        LogSignal log = (LogSignal) onlyLog(LogRecord.newBuilder()
                .setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFrom(new byte[8]))
                .build());

        assertThat(log.traceId()).isEmpty();
        assertThat(log.spanId()).isEmpty();
    }

    @Test
    void decode_allKindsOfValues_becomePlainValues() throws MalformedRecordException {
        AnyValue list = AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder()
                        .addValues(AnyValue.newBuilder().setIntValue(1))
                        .addValues(AnyValue.getDefaultInstance()))
                .build();
        LogSignal log = (LogSignal) onlyLog(LogRecord.newBuilder()
                .setBody(kvlist(pair("list", list)))
                .addAttributes(
                        pair("d", AnyValue.newBuilder().setDoubleValue(1.5).build()))
                .addAttributes(
                        pair("b", AnyValue.newBuilder().setBoolValue(true).build()))
                .addAttributes(pair(
                        "bytes",
                        AnyValue.newBuilder()
                                .setBytesValue(ByteString.copyFromUtf8("hi"))
                                .build()))
                .addAttributes(pair("empty", AnyValue.getDefaultInstance()))
                .build());

        assertThat(log.attributes()).isEqualTo(Map.of("d", 1.5, "b", true, "bytes", "aGk="));
        assertThat(log.body()).hasToString("{list=[1, null]}");
    }

    @Test
    void decode_noBytes_isNoSignals() throws MalformedRecordException {
        assertThat(OtlpDecoder.decode(SignalKind.LOG, new byte[0]).signals()).isEmpty();
    }

    @Test
    void decode_garbage_throwsWithReason() {
        byte[] garbage = "{\"resourceLogs\":[]}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> OtlpDecoder.decode(SignalKind.LOG, garbage))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessageStartingWith("not OTLP protobuf of kind LOG (19 bytes): ");
    }

    @Test
    void decode_cutOff_throws() {
        byte[] bytes =
                logs(LogRecord.newBuilder().setBody(text("hello")).build()).toByteArray();

        assertThatThrownBy(() -> OtlpDecoder.decode(SignalKind.LOG, java.util.Arrays.copyOf(bytes, bytes.length - 2)))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void decode_valuesNestedBeyondReason_throws() {
        AnyValue nested = text("bottom");
        for (int i = 0; i < 200; i++) {
            nested = kvlist(pair("k", nested));
        }
        byte[] bytes = logs(LogRecord.newBuilder().setBody(nested).build()).toByteArray();

        assertThatThrownBy(() -> OtlpDecoder.decode(SignalKind.LOG, bytes))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void attributes_cannotBeChanged() throws MalformedRecordException {
        LogSignal log = (LogSignal) onlyLog(
                LogRecord.newBuilder().addAttributes(pair("a", text("b"))).build());

        assertThatThrownBy(() -> log.attributes().put("c", "d")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Signal onlyLog(LogRecord record) throws MalformedRecordException {
        Decoded decoded = decode(logs(record));
        assertThat(decoded.refused()).isEmpty();
        assertThat(decoded.signals()).hasSize(1);
        return decoded.signals().get(0);
    }

    private static Decoded decode(LogsData data) throws MalformedRecordException {
        return OtlpDecoder.decode(SignalKind.LOG, data.toByteArray());
    }

    private static LogsData logs(LogRecord record) {
        Resource resource = Resource.newBuilder()
                .addAttributes(pair("service.name", text("shop")))
                .addAttributes(pair("service.instance.id", text("i-1")))
                .addAttributes(pair("deployment.environment.name", text("prod")))
                .build();
        return LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource)
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(record)))
                .build();
    }

    private static KeyValue pair(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    private static AnyValue kvlist(KeyValue... pairs) {
        return AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder().addAllValues(List.of(pairs)))
                .build();
    }
}
