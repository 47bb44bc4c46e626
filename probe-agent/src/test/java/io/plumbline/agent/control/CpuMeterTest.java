package io.plumbline.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.InstanceReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuMeterTest {
    private Duration used = Duration.ofSeconds(100);
    private long nanos = -5;

    @Test
    void percent_isOfOneCore_sinceTheLastCall() {
        CpuMeter meter = new CpuMeter(() -> used, () -> nanos);
        assertThat(meter.percent()).isEqualTo(InstanceReport.UNKNOWN);

        nanos += Duration.ofSeconds(10).toNanos();
        used = used.plusSeconds(15);
        assertThat(meter.percent()).isEqualTo(150);

        nanos += Duration.ofSeconds(10).toNanos();
        assertThat(meter.percent()).isZero();
    }

    @Test
    void percent_theSystemDoesNotSay_isUnknown() {
        CpuMeter meter = new CpuMeter(() -> null, () -> nanos++);

        assertThat(meter.percent()).isEqualTo(InstanceReport.UNKNOWN);
        assertThat(meter.percent()).isEqualTo(InstanceReport.UNKNOWN);
    }

    @Test
    void percent_ofThisProcess_isSomething() {
        CpuMeter meter = new CpuMeter();
        assertThat(meter.percent()).isEqualTo(InstanceReport.UNKNOWN);

        assertThat(meter.percent()).isGreaterThanOrEqualTo(0);
    }
}
