//! What the layer above TCP says of a connection: TLS in the kernel, MPTCP (`INET_DIAG_ULP_INFO`; Linux 5.4).

use nlink_core::Attributes;
use nlink_core::wire::UnknownAttrs;
use nlink_uapi::inet_diag::{INET_ULP_INFO_MPTCP, INET_ULP_INFO_NAME, INET_ULP_INFO_TLS};
use nlink_uapi::mptcp::*;
use nlink_uapi::mptcp_pm::*;
use nlink_uapi::tls::*;

/// The upper layer.
#[derive(Attributes, Clone, Debug, Default, PartialEq)]
pub struct UlpInfo {
    /// Its name: `tls`, `mptcp`.
    #[attr(INET_ULP_INFO_NAME)]
    pub name: Option<String>,
    /// What TLS says.
    #[attr(INET_ULP_INFO_TLS)]
    pub tls: Option<TlsInfo>,
    /// What MPTCP says of a subflow.
    #[attr(INET_ULP_INFO_MPTCP)]
    pub mptcp: Option<SubflowInfo>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

nlink_core::open_enum! {
    /// Who encrypts (`TLS_CONF_…`, net/tls.h: not exported).
    pub struct TlsConf(u16) {
        /// Nobody.
        BASE = 1, "none";
        /// The kernel.
        SW = 2, "sw";
        /// The device.
        HW = 3, "hw";
        /// The device, records and all.
        HW_RECORD = 4, "hw-record";
    }
}

/// TLS in the kernel (`TLS_INFO_…`, linux/tls.h).
#[derive(Attributes, Clone, Debug, Default, PartialEq)]
pub struct TlsInfo {
    /// The version, as TLS writes it: `TLS_1_3_VERSION`.
    #[attr(TLS_INFO_VERSION)]
    pub version: Option<u16>,
    /// The cipher (`TLS_CIPHER_…`).
    #[attr(TLS_INFO_CIPHER)]
    pub cipher: Option<u16>,
    /// Who encrypts.
    #[attr(TLS_INFO_TXCONF)]
    pub transmit: Option<TlsConf>,
    /// Who decrypts.
    #[attr(TLS_INFO_RXCONF)]
    pub receive: Option<TlsConf>,
    /// Files are sent without a copy (Linux 5.19).
    #[attr(TLS_INFO_ZC_RO_TX)]
    pub zero_copy: bool,
    /// No padding is expected (Linux 6.0).
    #[attr(TLS_INFO_RX_NO_PAD)]
    pub no_padding: bool,
    /// The longest payload of a record, bytes (Linux 6.19).
    #[attr(TLS_INFO_TX_MAX_PAYLOAD_LEN)]
    pub max_payload: Option<u16>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

nlink_core::flag_set! {
    /// What a subflow is (`MPTCP_SUBFLOW_FLAG_…`, linux/mptcp.h), with the letters of `ss`.
    pub struct SubflowFlags(u32) {
        /// The other side is capable of MPTCP.
        MCAP_REM = MPTCP_SUBFLOW_FLAG_MCAP_REM, "M";
        /// This side is.
        MCAP_LOC = MPTCP_SUBFLOW_FLAG_MCAP_LOC, "m";
        /// The other side joined.
        JOIN_REM = MPTCP_SUBFLOW_FLAG_JOIN_REM, "J";
        /// This side joined.
        JOIN_LOC = MPTCP_SUBFLOW_FLAG_JOIN_LOC, "j";
        /// A backup for the other side.
        BKUP_REM = MPTCP_SUBFLOW_FLAG_BKUP_REM, "B";
        /// A backup for this side.
        BKUP_LOC = MPTCP_SUBFLOW_FLAG_BKUP_LOC, "b";
        /// Fully established.
        FULLY_ESTABLISHED = MPTCP_SUBFLOW_FLAG_FULLY_ESTABLISHED, "e";
        /// Connected.
        CONNECTED = MPTCP_SUBFLOW_FLAG_CONNECTED, "c";
        /// Its mapping is valid.
        MAPVALID = MPTCP_SUBFLOW_FLAG_MAPVALID, "v";
    }
}

/// A subflow of an MPTCP connection (`MPTCP_SUBFLOW_ATTR_…`, linux/mptcp_pm.h; Linux 5.7).
#[derive(Attributes, Clone, Debug, Default, PartialEq)]
pub struct SubflowInfo {
    /// The other side's token.
    #[attr(MPTCP_SUBFLOW_ATTR_TOKEN_REM)]
    pub remote_token: Option<u32>,
    /// This side's token.
    #[attr(MPTCP_SUBFLOW_ATTR_TOKEN_LOC)]
    pub local_token: Option<u32>,
    /// Where sending stands, relative to the subflow's start.
    #[attr(MPTCP_SUBFLOW_ATTR_RELWRITE_SEQ)]
    pub relative_write_sequence: Option<u32>,
    /// The data sequence number of the mapping.
    #[attr(MPTCP_SUBFLOW_ATTR_MAP_SEQ, pad = MPTCP_SUBFLOW_ATTR_PAD)]
    pub map_sequence: Option<u64>,
    /// The subflow's sequence number of the mapping.
    #[attr(MPTCP_SUBFLOW_ATTR_MAP_SFSEQ)]
    pub map_subflow_sequence: Option<u32>,
    /// The offset between the two.
    #[attr(MPTCP_SUBFLOW_ATTR_SSN_OFFSET)]
    pub offset: Option<u32>,
    /// Bytes of the mapping.
    #[attr(MPTCP_SUBFLOW_ATTR_MAP_DATALEN)]
    pub map_length: Option<u16>,
    /// What it is.
    #[attr(MPTCP_SUBFLOW_ATTR_FLAGS)]
    pub flags: Option<SubflowFlags>,
    /// The other address's id.
    #[attr(MPTCP_SUBFLOW_ATTR_ID_REM)]
    pub remote_id: Option<u8>,
    /// This address's id.
    #[attr(MPTCP_SUBFLOW_ATTR_ID_LOC)]
    pub local_id: Option<u8>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}
