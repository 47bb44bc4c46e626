package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MethodFormTest {
    @Test
    void readable_hasSimpleNames() {
        assertThat(MethodForm.readable("place(Lshop/Order;J[[ILa/B$C;)Lshop/Receipt;"))
                .isEqualTo("place(Order, long, int[][], B$C)");
        assertThat(MethodForm.readable("<init>()V")).isEqualTo("<init>()");
        assertThat(MethodForm.readable("place")).isEqualTo("place");
    }
}
